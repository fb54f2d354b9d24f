// Only claims that hold as fact.
AND (<claim>.status IS NULL OR <claim>.status IN $asserted)
