/** What the drawing's selection opens: an entity, a line's evidence, or where to start. */
import { contentCentre } from "../state/centre";
import { shownNow } from "../state/session";
import { usePage, useSession, useSpeech, useView } from "./context";
import { EntityPanel } from "./entity";
import { EvidencePanel } from "./evidence";
import { EntityLink, Heading } from "./parts";

export function Selected() {
  const { selection } = useView();
  if (selection?.type === "edge") return <EvidencePanel id={selection.id} key={selection.id} />;
  if (selection?.type === "node") return <EntityPanel id={selection.id} key={selection.id} />;
  return <Start />;
}

/** Nothing is selected: what this is, and the names with most relations. */
function Start() {
  const { session, actions } = usePage();
  const { say } = useSpeech();
  useSession((state) => state.version);
  useView();
  const best = contentCentre(shownNow(session), session.knowledge, 8);
  return (
    <section class="start">
      <Heading>{say("entity.startTitle")}</Heading>
      <p class="lead">{say("app.tagline")}</p>
      <p>{say("entity.start")}</p>
      <ul class="start-names">
        {best.map((entity) => (
          <li>
            <EntityLink entity={entity} />
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={() => actions.open("ask")}>
        {say("ask.title")}
      </button>
    </section>
  );
}
