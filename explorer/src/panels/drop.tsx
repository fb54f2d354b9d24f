/** A place to drop a file or choose one; it is loaded, and what it added can be shown. */
import { useRef, useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import { viewOf } from "../state/session";
import { usePage, useSession, useSpeech } from "./context";
import { Icon } from "./icons";

type Step =
  | { readonly name: string; readonly state: "loading" | "done" }
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
        await service.load(file);
        put({ name: file.name, state: "done" });
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
  if (step.state === "done")
    return (
      <li>
        <Icon name="check" />
        {say("documents.loaded", { name: step.name })}
      </li>
    );
  return (
    <li>
      <progress />
      {say("documents.loading", { name: step.name })}
    </li>
  );
}
