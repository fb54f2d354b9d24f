"""What is known about people, companies, products and partnerships, and where it is kept."""
