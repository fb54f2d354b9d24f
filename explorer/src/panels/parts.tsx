/** Small parts that several panels use. */
import type { ComponentChildren } from "preact";
import { Problem } from "../api/client";
import type { EntityRef } from "../state/facts";
import { standing, UNSAID } from "../state/status";
import { type Fetched, usePage, useSpeech } from "./context";
import { Icon, type IconName } from "./icons";
import { KindMark, LineMark } from "./marks";

export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly keys?: string;
}) {
  const { icon, label, onClick, disabled, pressed, keys } = props;
  return (
    <button
      type="button"
      class="icon-button"
      title={keys ? `${label} (${keys})` : label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A name that leads to its entity. */
export function EntityLink({ entity, plain = false }: { readonly entity: EntityRef; readonly plain?: boolean }) {
  const { actions } = usePage();
  const speech = useSpeech();
  return (
    <button
      type="button"
      class={plain ? "entity-link is-plain" : "entity-link"}
      onClick={() => actions.visit(entity.id)}
    >
      <KindMark kinds={entity.kinds} />
      <span>{speech.name(entity)}</span>
      <span class="unseen">, {entity.kinds.map(speech.kind).join(", ")}</span>
    </button>
  );
}

/** A name that leads nowhere: it may not be in the graph. */
export function EntityChip({ entity }: { readonly entity: EntityRef }) {
  const speech = useSpeech();
  return (
    <span class="chip">
      <KindMark kinds={entity.kinds} />
      {speech.name(entity)}
    </span>
  );
}

export function StatusTag({
  status,
  current = null,
}: {
  readonly status: string | null;
  readonly current?: boolean | null;
}) {
  const speech = useSpeech();
  const stands = standing({ status, current });
  return (
    <span class={`status status-${stands}`}>
      <LineMark standing={stands} />
      {speech.status(status ?? (stands === "ended" ? "ended" : UNSAID))}
    </span>
  );
}

/** What was fetched, or a line that says that it is coming or why it is not. */
export function When<T>({
  fetched,
  children,
}: {
  readonly fetched: Fetched<T>;
  readonly children: (value: T) => ComponentChildren;
}) {
  const { say } = useSpeech();
  if (fetched.state === "ready") return <>{children(fetched.value)}</>;
  if (fetched.state === "loading")
    return (
      <p class="quiet is-loading" role="status">
        {say("loading")}
      </p>
    );
  return <Trouble failure={fetched.failure} />;
}

export function Trouble({ failure }: { readonly failure: Error }) {
  const { say } = useSpeech();
  if (!(failure instanceof Problem)) throw failure;
  const isMissing = failure.status === 404 || failure.status === 405 || failure.status === 501;
  const text = failure.isUnreachable ? say("problem.offline") : isMissing ? say("problem.notOffered") : failure.message;
  return (
    <p class="trouble" role="alert">
      {text}
    </p>
  );
}

export function Heading({
  children,
  back,
}: {
  readonly children: ComponentChildren;
  readonly back?: { label: string; go: () => void };
}) {
  return (
    <header class="panel-heading">
      {back && (
        <button type="button" class="back" onClick={back.go}>
          <Icon name="back" />
          {back.label}
        </button>
      )}
      <h2>{children}</h2>
    </header>
  );
}
