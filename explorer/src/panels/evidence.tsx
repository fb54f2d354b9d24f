/** What a line stands on: each claim with its quote in its sentence, its document, date, speaker and status. */
import { service } from "../api/client";
import type { ClaimFacts, DocumentFacts } from "../api/shapes";
import { citation } from "../state/citation";
import { excerpt } from "../state/excerpt";
import { grouped } from "../state/figures";
import { useFetched, usePage, useSession, useSpeech } from "./context";
import { Icon } from "./icons";
import { EntityLink, StatusTag, When } from "./parts";

export function EvidencePanel({ id }: { readonly id: string }) {
  const { session, actions } = usePage();
  const speech = useSpeech();
  useSession((state) => state.version);
  if (!session.knowledge.hasEdge(id))
    return (
      <p class="quiet is-loading" role="status">
        {speech.say("loading")}
      </p>
    );
  const edge = session.knowledge.getEdgeAttributes(id);
  const [source, target] = session.knowledge
    .extremities(id)
    .map((key) => ({ id: key, ...session.knowledge.getNodeAttributes(key) }));
  return (
    <article class="evidence">
      <button type="button" class="back" onClick={() => actions.selectNode(source!.id)}>
        <Icon name="back" />
        {speech.say("relation.back", { name: speech.name(source!) })}
      </button>
      <header class="evidence-head">
        <EntityLink entity={source!} />
        <h2>{speech.predicate(edge.predicate)}</h2>
        <EntityLink entity={target!} />
      </header>
      <p class="evidence-facts">
        <StatusTag status={edge.status} current={edge.current} />
        {edge.since && <span>{speech.say("relation.since", { date: edge.since })}</span>}
        {edge.until && <span>{speech.say("relation.until", { date: edge.until })}</span>}
        <span>
          {edge.documents === 1
            ? speech.say("relation.document")
            : speech.say("relation.documents", { n: edge.documents })}
        </span>
      </p>
      {edge.conflict && (
        <button type="button" class="conflict-note" onClick={() => actions.open("conflicts")}>
          <Icon name="conflicts" />
          {speech.say("claim.conflict")}
        </button>
      )}
      <h3>{speech.say("relation.evidence")}</h3>
      <ClaimList ids={edge.claims} />
    </article>
  );
}

export function ClaimList({ ids }: { readonly ids: readonly string[] }) {
  const { say } = useSpeech();
  const fetched = useFetched(() => Promise.all(ids.map((id) => service.claim(id))), [ids.join()]);
  return (
    <When fetched={fetched}>
      {(claims) =>
        claims.length === 0 ? (
          <p class="quiet">{say("claim.none")}</p>
        ) : (
          <ul class="claims">
            {claims.map((claim) => (
              <li>
                <ClaimCard claim={claim} />
              </li>
            ))}
          </ul>
        )
      }
    </When>
  );
}

/** With `told`, the card also says what the claim says, where the line above it does not. */
export function ClaimCard({ claim, told = false }: { readonly claim: ClaimFacts; readonly told?: boolean }) {
  const { actions } = usePage();
  const speech = useSpeech();
  const fetched = useFetched(() => service.document(claim.document.id), [claim.document.id]);
  const document = fetched.state === "ready" ? fetched.value : null;
  const cite = async (): Promise<void> => {
    await navigator.clipboard.writeText(citation(claim, document));
    actions.note(speech.say("claim.cited"));
  };
  return (
    <article class="claim">
      {told && (
        <p class="claim-told">
          {speech.name(claim.subject)} <em>{speech.predicate(claim.predicate)}</em> {speech.name(claim.object)}
        </p>
      )}
      <Quote claim={claim} text={document?.text ?? null} />
      <p class="claim-source">
        <span class="claim-title">{document?.title ?? claim.document.title}</span>
        {document?.date && <time dateTime={document.date}>{document.date}</time>}
      </p>
      <p class="claim-facts">
        <StatusTag status={claim.status} />
        {claim.speaker && <span>{speech.say("claim.said", { name: speech.name(claim.speaker) })}</span>}
        <ClaimAttributes claim={claim} />
        {typeof claim.confidence === "number" && (
          <span>{speech.say("claim.confidence", { value: claim.confidence.toFixed(2) })}</span>
        )}
      </p>
      <p class="claim-actions">
        <button
          type="button"
          class="text-button"
          onClick={() => actions.open("document", { document: claim.document.id, claim: claim.id })}
        >
          <Icon name="documents" />
          {speech.say("claim.open")}
        </button>
        <button type="button" class="text-button" onClick={() => void cite()}>
          <Icon name="quote" />
          {speech.say("claim.cite")}
        </button>
      </p>
    </article>
  );
}

function Quote({ claim, text }: { readonly claim: ClaimFacts; readonly text: DocumentFacts["text"] | null }) {
  const { before, quote, after } = text
    ? excerpt(text, claim.start, claim.end)
    : { before: "", quote: claim.quote, after: "" };
  return (
    <blockquote>
      {before}
      <mark>{quote}</mark>
      {after}
    </blockquote>
  );
}

function ClaimAttributes({ claim }: { readonly claim: ClaimFacts }) {
  const speech = useSpeech();
  const shown = Object.entries(claim.attributes ?? {}).filter(([name, value]) => name !== "status" && isPlain(value));
  return (
    <>
      {shown.map(([name, value]) => (
        <span>
          {speech.attribute(name)}: {typeof value === "number" ? grouped(String(value)) : String(value)}
        </span>
      ))}
    </>
  );
}

function isPlain(value: unknown): boolean {
  return (typeof value === "string" && value !== "") || typeof value === "number" || typeof value === "boolean";
}
