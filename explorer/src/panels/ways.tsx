/** Ways between two names side by side, each hop with its evidence, and what the two have in common. */
import { useState } from "preact/hooks";
import { service } from "../api/client";
import type { CommonItem, HopFacts, WayFacts } from "../api/shapes";
import { learnWay } from "../controls/found";
import { useFetched, useName, usePage, useSpeech, useView } from "./context";
import { ClaimCard } from "./evidence";
import { Icon } from "./icons";
import { EntityLink, Heading, IconButton, StatusTag, When } from "./parts";
import { Search } from "./search";

export function WaysPanel() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const { panel } = useView();
  const { from = "", to = "", hops = "4" } = panel.args;
  const open = (change: Record<string, string>): void => actions.open("ways", { ...panel.args, ...change });
  return (
    <section class="ways">
      <Heading>{say("ways.title")}</Heading>
      <div class="ways-ends">
        <End label={say("ways.from")} id={from} onChoose={(id) => open({ from: id })} />
        <IconButton icon="swap" label={say("ways.swap")} onClick={() => open({ from: to, to: from })} />
        <End label={say("ways.to")} id={to} onChoose={(id) => open({ to: id })} />
      </div>
      <label class="range">
        <span>
          {say("ways.max")} <output>{hops}</output>
        </span>
        <input
          type="range"
          min="1"
          max="6"
          value={hops}
          onChange={(event) => open({ hops: event.currentTarget.value })}
        />
      </label>
      {from && to ? (
        <Found from={from} to={to} hops={Number(hops)} key={`${from} ${to} ${hops}`} />
      ) : (
        <p class="quiet">{say("ways.hint")}</p>
      )}
    </section>
  );
}

function End({
  label,
  id,
  onChoose,
}: {
  readonly label: string;
  readonly id: string;
  readonly onChoose: (id: string) => void;
}) {
  const name = useName(id);
  return (
    <div class="ways-end">
      <span class="field-label">{label}</span>
      <Search label={label} value={name} onChoose={(entity) => onChoose(entity.id)} />
    </div>
  );
}

function Found({ from, to, hops }: { readonly from: string; readonly to: string; readonly hops: number }) {
  const { say } = useSpeech();
  const { asOf } = useView();
  const ways = useFetched(
    () => service.connections({ from, to, max_hops: hops, limit: 6, as_of: asOf }),
    [from, to, hops, asOf],
  );
  const common = useFetched(() => service.common([from, to]), [from, to]);
  return (
    <>
      <When fetched={ways}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="quiet">{say("ways.none", { n: hops })}</p>
          ) : (
            <ol class="ways-list">
              {items.map((way) => (
                <Way way={way} />
              ))}
            </ol>
          )
        }
      </When>
      <h3>{say("ways.common")}</h3>
      <When fetched={common}>
        {({ items }) =>
          items.length === 0 ? <p class="quiet">{say("ways.noCommon")}</p> : <Common items={items} ends={[from, to]} />
        }
      </When>
    </>
  );
}

function Way({ way }: { readonly way: WayFacts }) {
  const { session, actions } = usePage();
  const { say } = useSpeech();
  const show = (): void => {
    const { nodes, edges } = learnWay(session, way);
    actions.present(nodes, edges);
  };
  return (
    <li class="way">
      <p class="way-head">
        <span>{way.length === 1 ? say("ways.step") : say("ways.steps", { n: way.length })}</span>
        <button type="button" class="text-button" onClick={show}>
          <Icon name="explore" />
          {say("ways.show")}
        </button>
      </p>
      <ol class="hops">
        {way.hops.map((hop, at) => (
          <Hop hop={hop} isFirst={at === 0} />
        ))}
      </ol>
    </li>
  );
}

function Hop({ hop, isFirst }: { readonly hop: HopFacts; readonly isFirst: boolean }) {
  const speech = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const isForwards = hop.relation.from.id === hop.from.id;
  return (
    <li>
      {isFirst && <EntityLink entity={hop.from} />}
      <button type="button" class="hop" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{speech.predicate(hop.relation.predicate, isForwards ? "active" : "passive")}</span>
        {hop.relation.status && <StatusTag status={hop.relation.status} />}
        <span class="count">{hop.claims.length}</span>
      </button>
      {isOpen && (
        <ul class="claims">
          {hop.claims.map((claim) => (
            <li>
              <ClaimCard claim={claim} told />
            </li>
          ))}
        </ul>
      )}
      <EntityLink entity={hop.to} />
    </li>
  );
}

function Common({ items, ends }: { readonly items: readonly CommonItem[]; readonly ends: readonly string[] }) {
  const { actions } = usePage();
  const speech = useSpeech();
  const show = (): void => actions.present([...ends, ...items.map(({ entity }) => entity.id)], []);
  return (
    <>
      <ul class="common">
        {items.map(({ entity, relations }) => (
          <li>
            <EntityLink entity={entity} />
            <span class="quiet">
              {[...new Set(relations.map(({ predicate }) => speech.predicate(predicate)))].join(", ")}
            </span>
          </li>
        ))}
      </ul>
      <button type="button" class="text-button" onClick={show}>
        <Icon name="explore" />
        {speech.say("ways.show")}
      </button>
    </>
  );
}
