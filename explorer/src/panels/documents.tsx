/** All documents; a file dropped here is loaded; a document can be withdrawn, after a look at what that changes. */
import { useState } from "preact/hooks";
import { service } from "../api/client";
import type { DocumentItem } from "../api/shapes";
import { useFetched, usePage, useSession, useSpeech } from "./context";
import { Drop } from "./drop";
import { Heading, When } from "./parts";

export function DocumentsPanel() {
  const { say } = useSpeech();
  const version = useSession((state) => state.reloads);
  const fetched = useFetched(() => service.documents(), [version]);
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  return (
    <section class="documents">
      <Heading>{say("documents.title")}</Heading>
      <Drop />
      <input
        class="field"
        type="search"
        aria-label={say("documents.find")}
        placeholder={say("documents.find")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <When fetched={fetched}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="quiet">{say("documents.none")}</p>
          ) : (
            <ul class="document-list">
              {items
                .filter(({ title, source }) => `${title} ${source}`.toLowerCase().includes(wanted))
                .map((document) => (
                  <DocumentRow document={document} />
                ))}
            </ul>
          )
        }
      </When>
    </section>
  );
}

function DocumentRow({ document }: { readonly document: DocumentItem }) {
  const { actions } = usePage();
  const { say } = useSpeech();
  return (
    <li>
      <button type="button" class="document-row" onClick={() => actions.open("document", { document: document.id })}>
        <span class="document-title" lang={document.language || undefined}>
          {document.title}
        </span>
        <span class="quiet">{[document.date, document.source].filter(Boolean).join(" · ")}</span>
        {typeof document.claims === "number" && (
          <span class="count">{say("documents.claims", { n: document.claims })}</span>
        )}
      </button>
    </li>
  );
}
