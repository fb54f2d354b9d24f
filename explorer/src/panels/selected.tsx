/** What the drawing's selection opens: an entity, a line's evidence, or where to start. */
import { contentCentre } from "../state/centre";
import { shownNow } from "../state/session";
import examples from "../words/examples.json";
import { usePage, useSession, useSpeech, useView } from "./context";
import { EntityPanel } from "./entity";
import { EvidencePanel } from "./evidence";
import { Legend } from "./legend";
import { EntityLink, Heading } from "./parts";

export function Selected() {
  const { selection } = useView();
  if (selection?.type === "edge") return <EvidencePanel id={selection.id} key={selection.id} />;
  if (selection?.type === "node") return <EntityPanel id={selection.id} key={selection.id} />;
  return <Start />;
}

/** Nothing is selected: what this is, names to begin with, questions to try, and what the signs mean. */
function Start() {
  const { session } = usePage();
  const { say } = useSpeech();
  useSession((state) => state.version);
  const isLegendOver = useSession((state) => state.sheet === "legend");
  useView();
  const best = contentCentre(shownNow(session), session.knowledge, 8);
  return (
    <section class="start">
      <Heading>{say("app.tagline")}</Heading>
      <p>{say(best.length > 0 ? "entity.start" : "entity.startEmpty")}</p>
      <ul class="start-names">
        {best.map((entity) => (
          <li>
            <EntityLink entity={entity} />
          </li>
        ))}
      </ul>
      {best.length > 0 && <Examples />}
      {!isLegendOver && <Legend />}
    </section>
  );
}

function Examples() {
  const { actions } = usePage();
  const { say, language } = useSpeech();
  return (
    <>
      <h3>{say("start.ask")}</h3>
      <ul class="examples">
        {examples[language as keyof typeof examples].slice(0, 3).map((question) => (
          <li>
            <button type="button" class="example" onClick={() => actions.open("ask", { question })}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
