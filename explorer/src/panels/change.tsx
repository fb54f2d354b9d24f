/** What a change of the graph brings and takes: counted, and named as far as there is room. */
import type { Change, RelationEnds } from "../api/shapes";
import type { EntityRef } from "../state/facts";
import type { Word } from "../words/words";
import { useSpeech } from "./context";
import { EntityChip } from "./parts";

const MOST = 12;

export function ChangeCard({ change }: { readonly change: Change }) {
  const { say } = useSpeech();
  const lists = [change.entities, change.entities_gone, change.relations, change.relations_gone];
  const isNothing = change.claims === 0 && lists.every((list) => list.length === 0);
  return (
    <div class="change">
      {change.claims > 0 && <p>{say("change.claims", { n: change.claims })}</p>}
      <Entities word="change.entities" list={change.entities} />
      <Relations word="change.relations" list={change.relations} />
      <Entities word="change.entitiesGone" list={change.entities_gone} />
      <Relations word="change.relationsGone" list={change.relations_gone} />
      {isNothing && <p class="quiet">{say("change.none")}</p>}
    </div>
  );
}

function Entities({ word, list }: { readonly word: Word; readonly list: readonly EntityRef[] }) {
  const { say } = useSpeech();
  if (list.length === 0) return null;
  return (
    <div>
      <h4>
        {say(word)} <span class="count">{list.length}</span>
      </h4>
      <p class="change-names">
        {list.slice(0, MOST).map((entity) => (
          <EntityChip entity={entity} key={entity.id} />
        ))}
        {list.length > MOST && "…"}
      </p>
    </div>
  );
}

function Relations({ word, list }: { readonly word: Word; readonly list: readonly RelationEnds[] }) {
  const speech = useSpeech();
  if (list.length === 0) return null;
  return (
    <div>
      <h4>
        {speech.say(word)} <span class="count">{list.length}</span>
      </h4>
      <ul>
        {list.slice(0, MOST).map(({ id, from, predicate, to }) => (
          <li key={id}>
            {speech.name(from)} <em>{speech.predicate(predicate)}</em> {speech.name(to)}
          </li>
        ))}
        {list.length > MOST && <li>…</li>}
      </ul>
    </div>
  );
}
