/** A place to drop a file or choose one; it is loaded, and what it added can be shown. */
import { useRef, useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import type { Loaded } from "../api/shapes";
import { takeClaims } from "../controls/found";
import { viewOf } from "../state/session";
import { ChangeCard } from "./change";
import { usePage, useSession, useSpeech } from "./context";
import { Icon } from "./icons";

type Step =
  | { readonly name: string; readonly state: "loading" }
  | { readonly name: string; readonly state: "done"; readonly loaded: Loaded }
  | { readonly name: string; readonly state: "failed"; readonly why: string };

export function Drop() {
  const { actions, session } = usePage();
  const { say } = useSpeech();
  const offers = useSession((state) => state.offers);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (offers && !offers.has("post /v1/documents")) return null;
  const put = (step: Step): void => setSteps((now) => [...now.filter(({ name }) => name !== step.name), step]);
  const load = async (files: FileList | null | undefined): Promise<void> => {
    for (const file of files ?? []) {
      put({ name: file.name, state: "loading" });
      try {
        put({ name: file.name, state: "done", loaded: await service.load(file) });
      } catch (failure) {
        if (!(failure instanceof Problem)) throw failure;
        put({ name: file.name, state: "failed", why: failure.message });
      }
    }
    await actions.reload(viewOf(session));
  };
  return (
    <div
      class={isOver ? "drop is-over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void load(event.dataTransfer?.files);
      }}
    >
      <Icon name="documents" />
      <p>{say("documents.drop")}</p>
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {say("documents.choose")}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={say("documents.choose")}
        onChange={(event) => void load(event.currentTarget.files)}
      />
      <ul aria-live="polite" class="drop-steps">
        {steps.map((step) => (
          <DropStep step={step} />
        ))}
      </ul>
    </div>
  );
}

function DropStep({ step }: { readonly step: Step }) {
  const { say } = useSpeech();
  if (step.state === "failed")
    return (
      <li class="trouble">
        {step.name}: {step.why}
      </li>
    );
  if (step.state === "done") return <Added name={step.name} loaded={step.loaded} />;
  return (
    <li>
      <progress />
      {say("documents.loading", { name: step.name })}
    </li>
  );
}

/** What a file brought: its documents to read, what changed, and what was left out of it and why. */
function Added({ name, loaded }: { readonly name: string; readonly loaded: Loaded }) {
  const { actions, session } = usePage();
  const { say } = useSpeech();
  const show = (): void => {
    const { nodes, edges } = takeClaims(session, loaded.claims);
    actions.present(nodes, edges);
  };
  return (
    <li class="added">
      <p>
        <Icon name="check" />
        {say("documents.loaded", { name })}
      </p>
      {loaded.documents.map((document) => (
        <button
          type="button"
          class="text-button"
          key={document.id}
          onClick={() => actions.open("document", { document: document.id })}
        >
          <Icon name="documents" />
          {document.title}
        </button>
      ))}
      <ChangeCard change={loaded.change} />
      {loaded.notes.map(({ line, reason }) => (
        <p class="quiet" key={`${line} ${reason}`}>
          {say("documents.note", { line, reason })}
        </p>
      ))}
      {loaded.claims.length > 0 && (
        <button type="button" class="text-button" onClick={show}>
          <Icon name="explore" />
          {say("documents.showAdded")}
        </button>
      )}
    </li>
  );
}
