/** An entity's relations, grouped by predicate and direction; each opens its evidence. */
import type { RelationFacts } from "../api/shapes";
import type { Attributes, EntityRef } from "../state/facts";
import type { Knowledge } from "../state/knowledge";
import { standing } from "../state/status";
import { isExpanded } from "../state/view";
import { usePage, useSession, useSpeech, useView } from "./context";
import { KindMark, LineMark } from "./marks";

/** A relation, or a line that is only said: what both have. */
type Row = Pick<RelationFacts, "id" | "predicate" | "status" | "current" | "since" | "until" | "documents"> & {
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly attributes: Attributes;
};

interface Group {
  readonly predicate: string;
  readonly form: "active" | "passive";
  readonly relations: readonly Row[];
}

export function RelationGroups({ id, relations }: { readonly id: string; readonly relations: readonly Row[] }) {
  const { say } = useSpeech();
  const { knowledge } = usePage().session;
  useSession((state) => state.version);
  const all = [...relations, ...onlyStated(id, relations, knowledge)];
  if (all.length === 0) return <p class="quiet">{say("entity.noRelations")}</p>;
  return (
    <div class="groups">
      {groupsOf(id, all).map((group) => (
        <RelationGroup id={id} group={group} />
      ))}
    </div>
  );
}

/** Lines that are on the drawing but are no relation of the graph: what was rumoured, considered, denied. */
function onlyStated(id: string, relations: readonly Row[], knowledge: Knowledge): Row[] {
  if (!knowledge.hasNode(id)) return [];
  const known = new Set(relations.map((relation) => relation.id));
  const ref = (key: string) => {
    const { name, kinds } = knowledge.getNodeAttributes(key);
    return { id: key, name, kinds };
  };
  return knowledge
    .mapEdges(id, (key, edge, source, target) => ({
      ...edge,
      id: key,
      current: edge.current ?? true,
      from: ref(source),
      to: ref(target),
    }))
    .filter((edge) => !known.has(edge.id) && edge.asserted === false);
}

function groupsOf(id: string, relations: readonly Row[]): Group[] {
  const groups = new Map<string, { predicate: string; form: "active" | "passive"; relations: Row[] }>();
  for (const relation of relations) {
    const form = relation.from.id === id ? "active" : "passive";
    const key = `${relation.predicate} ${form}`;
    const group = groups.get(key) ?? { predicate: relation.predicate, form, relations: [] };
    group.relations.push(relation);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.relations.length - a.relations.length);
}

function RelationGroup({ id, group }: { readonly id: string; readonly group: Group }) {
  const { actions } = usePage();
  const speech = useSpeech();
  const open = isExpanded(useView(), id, group.predicate);
  const act = (): void => (open ? actions.collapse(id, group.predicate) : actions.expand(id, group.predicate));
  return (
    <section class="group">
      <h3>
        {speech.predicate(group.predicate, group.form)} <span class="count">{group.relations.length}</span>
        <button type="button" class="text-button" aria-pressed={open} onClick={act}>
          {open ? speech.say("entity.collapse") : speech.say("entity.expandThese", { n: group.relations.length })}
        </button>
      </h3>
      <ul>
        {group.relations.map((relation) => (
          <RelationRow id={id} relation={relation} />
        ))}
      </ul>
    </section>
  );
}

function RelationRow({ id, relation }: { readonly id: string; readonly relation: Row }) {
  const { actions, session } = usePage();
  const speech = useSpeech();
  const other = relation.from.id === id ? relation.to : relation.from;
  const stands = standing({ status: relation.status, current: relation.current ?? null });
  const open = (): void => {
    const key = relation.id ?? "";
    if (session.knowledge.hasEdge(key)) actions.selectEdge(key);
    else actions.openRelation(key, other.id);
  };
  const when = [relation.since, relation.until].filter(Boolean).join(" – ");
  const role = relation.attributes?.role ?? relation.attributes?.topic;
  return (
    <li>
      <button type="button" class="relation-row" onClick={open}>
        <KindMark kinds={other.kinds} />
        <span class="relation-name">{speech.name(other)}</span>
        <span class="relation-facts">
          {typeof role === "string" && <span class="relation-role">{role}</span>}
          {when && <span>{when}</span>}
          <LineMark standing={stands} />
          <span class={stands === "held" ? "unseen" : ""}>
            {speech.status(relation.status ?? (stands === "ended" ? "ended" : "stated"))}
          </span>
        </span>
        <span class="count" title={speech.say("relation.documents", { n: relation.documents })}>
          {relation.documents}
        </span>
      </button>
    </li>
  );
}
