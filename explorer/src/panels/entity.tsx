/** One entity: its names, what can be done with it, its relations by predicate, its dated statements. */
import { useState } from "preact/hooks";
import { service } from "../api/client";
import type { EntityFacts, RelationFacts } from "../api/shapes";
import { names as namesOf } from "../state/knowledge";
import { isExpanded } from "../state/view";
import { useFetched, usePage, useSession, useSpeech, useView } from "./context";
import { Icon, type IconName } from "./icons";
import { KindMark } from "./marks";
import { When } from "./parts";
import { RelationGroups } from "./relations";
import { Timeline } from "./timeline";

export function EntityPanel({ id }: { readonly id: string }) {
  const version = useSession((state) => state.loaded.size === 0);
  const fetched = useFetched(() => service.entity(id), [id, version]);
  return <When fetched={fetched}>{(facts) => <Entity facts={facts} />}</When>;
}

function Entity({ facts }: { readonly facts: EntityFacts }) {
  const speech = useSpeech();
  const fetched = useFetched(() => service.relations(facts.id), [facts.id]);
  const [tab, setTab] = useState<"relations" | "timeline">("relations");
  return (
    <article class="entity">
      <header class="entity-head">
        <KindMark kinds={facts.kinds} />
        <div>
          <h2>{speech.name(facts)}</h2>
          <p class="quiet">
            {facts.kinds.map(speech.kind).join(" · ")}
            {countsOf(facts, speech.say)}
          </p>
        </div>
      </header>
      <EntityActions id={facts.id} name={speech.name(facts)} />
      <NameList facts={facts} />
      <div class="tabs" role="tablist" aria-label={speech.name(facts)}>
        {(["relations", "timeline"] as const).map((name) => (
          <button
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            aria-controls="tab-body"
            onClick={() => setTab(name)}
          >
            {speech.say(`entity.${name}`)}
          </button>
        ))}
      </div>
      <div id="tab-body" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "timeline" ? (
          <Timeline id={facts.id} />
        ) : (
          <When fetched={fetched}>
            {(list: { readonly items: readonly RelationFacts[] }) => (
              <RelationGroups id={facts.id} relations={list.items} />
            )}
          </When>
        )}
      </div>
    </article>
  );
}

function countsOf({ relations, claims, documents }: EntityFacts, say: ReturnType<typeof useSpeech>["say"]): string {
  const all = Object.values(relations ?? {}).reduce((sum, count) => sum + count, 0);
  return ` · ${say("entity.counts", { relations: all, claims, documents })}`;
}

function NameList({ facts }: { readonly facts: EntityFacts }) {
  const { say } = useSpeech();
  const groups = Object.entries(namesOf(facts.names)).filter(([, list]) => list.length > 0);
  if (groups.length === 0) return null;
  const labels = { en: "names.en", "zh-Hans": "names.zh-Hans", "zh-Hant": "names.zh-Hant", zh: "names.zh" } as const;
  return (
    <details class="names">
      <summary>
        {say("entity.names")} <span class="count">{groups.reduce((sum, [, list]) => sum + list.length, 0)}</span>
      </summary>
      <dl>
        {groups.map(([language, list]) => (
          <div>
            <dt>{say(labels[language as keyof typeof labels] ?? "names.und")}</dt>
            <dd lang={language === "und" ? undefined : language}>
              {list.map((name) => (
                <span class="name-chip">{name}</span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function EntityActions({ id, name }: { readonly id: string; readonly name: string }) {
  const { actions, drawing } = usePage();
  const { say } = useSpeech();
  const view = useView();
  const expanded = isExpanded(view, id);
  const pinned = view.pinned[id] !== undefined;
  const focused = view.focus === id;
  const pin = (): void => {
    const at = drawing?.stage.graph.hasNode(id) ? drawing.stage.graph.getNodeAttributes(id) : { x: 0, y: 0 };
    actions.pin(id, [at.x, at.y]);
  };
  const list: readonly (readonly [IconName, string, () => void, string])[] = [
    expanded
      ? ["collapse", say("entity.collapse"), () => actions.collapse(id), "E"]
      : ["expand", say("entity.expand"), () => actions.expand(id), "E"],
    ["focus", say(focused ? "entity.unfocus" : "entity.focus"), () => actions.focus(focused ? null : id), "F"],
    ["pin", say(pinned ? "entity.unpin" : "entity.pin"), () => (pinned ? actions.unpin(id) : pin()), "P"],
    ["hide", say("entity.hide"), () => actions.hide(id), "H"],
    ["ways", say("entity.ways"), () => actions.open("ways", { from: id }), "W"],
    ["identity", say("entity.same"), () => actions.open("identity", { left: id }), ""],
  ];
  return (
    <div class="entity-actions" role="group" aria-label={say("entity.actions", { name })}>
      {list.map(([icon, label, act, key]) => (
        <button type="button" class="action" title={key ? `${label} (${key})` : label} onClick={act}>
          <Icon name={icon} />
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}
