/** A claim as a reference a person can paste: the quote, its document, where in it, and the claim's id. */
import type { ClaimFacts, DocumentFacts } from "../api/shapes";

export function citation(claim: ClaimFacts, document: DocumentFacts | null): string {
  const speaker = claim.speaker ? `${claim.speaker.name}, ` : "";
  const facts = [document?.source, document?.date].filter(Boolean).join(", ");
  const where = `characters ${claim.start}–${claim.end}`;
  return `“${claim.quote}” — ${speaker}${document?.title ?? claim.document.title}${facts ? ` (${facts})` : ""}, ${where}. Claim ${claim.id}.`;
}
