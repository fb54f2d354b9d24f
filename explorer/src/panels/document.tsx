/** A document to read: every claim's words are marked, and one is opened at its quote. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import type { Change, ClaimFacts, DocumentFacts } from "../api/shapes";
import { takeFocus } from "../controls/focus";
import { takeClaims } from "../controls/found";
import { bodyStart, type Piece, pieces } from "../state/excerpt";
import { viewOf } from "../state/session";
import { ChangeCard } from "./change";
import { useFetched, usePage, useSession, useSpeech, useView } from "./context";
import { ClaimCard } from "./evidence";
import { Heading, When } from "./parts";

export function DocumentPanel() {
  const { actions } = usePage();
  const { say, language } = useSpeech();
  const { panel } = useView();
  const { document: id = "", claim } = panel.args;
  const fetched = useFetched(
    () => Promise.all([service.document(id), service.claims({ document: id, limit: 1000 })]),
    [id, language],
  );
  return (
    <When fetched={fetched}>
      {([document, claims]) => (
        <article class="document">
          <Heading back={{ label: say("documents.back"), go: () => actions.open("documents") }}>
            {document.title}
          </Heading>
          <p class="quiet">{[document.date, document.source].filter(Boolean).join(" · ")}</p>
          <DocumentTools document={document} claims={claims.items} />
          <Text document={document} claims={claims.items} at={claim ?? null} />
        </article>
      )}
    </When>
  );
}

function Text({
  document,
  claims,
  at,
}: {
  readonly document: DocumentFacts;
  readonly claims: readonly ClaimFacts[];
  readonly at: string | null;
}) {
  const { actions } = usePage();
  const place = useRef<HTMLDivElement>(null);
  const text = document.text ?? "";
  const chosen = claims.filter(({ id }) => id === at);
  useEffect(() => {
    place.current?.querySelector(".is-at")?.scrollIntoView({ block: "center" });
  }, [at]);
  const open = (piece: Piece): void => actions.open("document", { document: document.id, claim: next(piece.ids, at) });
  return (
    <>
      {chosen.map((claim) => (
        <div class="document-claim">
          <ClaimCard claim={claim} told />
        </div>
      ))}
      <div class="document-text" ref={place} lang={document.language || undefined}>
        {pieces(text, claims, firstLetter(text, claims)).map((piece) =>
          piece.ids.length === 0 ? (
            piece.text
          ) : (
            <mark
              role="button"
              tabIndex={0}
              class={at && piece.ids.includes(at) ? "is-at" : ""}
              onClick={() => open(piece)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                open(piece);
              }}
            >
              {piece.text}
            </mark>
          ),
        )}
      </div>
    </>
  );
}

/** What the head of the panel already says is left out, unless a claim stands on it. */
function firstLetter(text: string, claims: readonly ClaimFacts[]): number {
  const body = bodyStart(text);
  return claims.some(({ start }) => start < body) ? 0 : body;
}

/** Where several claims stand on the same words, choosing them again goes to the next. */
function next(ids: readonly string[], at: string | null): string {
  const index = at ? ids.indexOf(at) : -1;
  return ids[(index + 1) % ids.length]!;
}

function DocumentTools({
  document,
  claims,
}: {
  readonly document: DocumentFacts;
  readonly claims: readonly ClaimFacts[];
}) {
  const { actions, session } = usePage();
  const { say } = useSpeech();
  const offers = useSession((state) => state.offers);
  const show = (): void => {
    const { nodes, edges } = takeClaims(session, claims);
    actions.present(nodes, edges);
  };
  return (
    <div class="document-tools">
      <span class="count">{say("documents.claims", { n: claims.length })}</span>
      <button type="button" class="text-button" onClick={show}>
        {say("documents.showAdded")}
      </button>
      {offers?.has("delete /v1/documents/{id}") && <Withdraw document={document} />}
    </div>
  );
}

function Withdraw({ document }: { readonly document: DocumentFacts }) {
  const { actions, session } = usePage();
  const { say } = useSpeech();
  const [preview, setPreview] = useState<Change | null>(null);
  const act = (dryRun: boolean) => async (): Promise<void> => {
    try {
      const found = await service.withdraw(document.id, dryRun);
      if (dryRun) return setPreview(found);
      actions.note(say("documents.withdrawn", { name: document.title }));
      actions.open("documents");
      await actions.reload(viewOf(session));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      actions.report(failure);
    }
  };
  if (!preview)
    return (
      <button type="button" class="text-button" onClick={() => void act(true)()}>
        {say("documents.withdraw")}
      </button>
    );
  return (
    <div class="preview" role="group" tabIndex={-1} ref={takeFocus} aria-label={say("documents.preview")}>
      <h3>{say("documents.preview")}</h3>
      <ChangeCard change={preview} />
      <button type="button" class="button is-danger" onClick={() => void act(false)()}>
        {say("documents.confirm")}
      </button>
      <button type="button" class="text-button" onClick={() => setPreview(null)}>
        {say("documents.cancel")}
      </button>
    </div>
  );
}
