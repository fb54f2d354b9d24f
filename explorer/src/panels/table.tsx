/** The drawing as two tables, for those who cannot see or use it; the same selection holds in both. */
import { useState } from "preact/hooks";
import { shownNow } from "../state/session";
import { standing, statusWord } from "../state/status";
import { usePage, useSession, useSpeech, useView } from "./context";
import { KindMark, LineMark } from "./marks";
import { Heading } from "./parts";

export function TablePanel() {
  const { say } = useSpeech();
  const [text, setText] = useState("");
  useSession((state) => state.version);
  useView();
  const wanted = text.trim().toLowerCase();
  return (
    <section>
      <Heading>{say("table.title")}</Heading>
      <input
        class="field"
        type="search"
        aria-label={say("table.find")}
        placeholder={say("table.find")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="table-wrap">
        <EntityTable wanted={wanted} />
      </div>
      <div class="table-wrap">
        <RelationTable wanted={wanted} />
      </div>
    </section>
  );
}

function EntityTable({ wanted }: { readonly wanted: string }) {
  const { session, actions } = usePage();
  const speech = useSpeech();
  const { selection } = useView();
  const { nodes, edges } = shownNow(session);
  const degrees = new Map<string, number>();
  for (const key of edges)
    for (const id of session.knowledge.extremities(key)) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const rows = [...nodes]
    .map((id) => ({ id, ...session.knowledge.getNodeAttributes(id), degree: degrees.get(id) ?? 0 }))
    .map((row) => ({ ...row, shown: speech.name(row) }))
    .filter(({ shown }) => shown.toLowerCase().includes(wanted))
    .sort((a, b) => b.degree - a.degree || a.shown.localeCompare(b.shown));
  return (
    <table>
      <caption>
        {speech.say("table.entities")} <span class="count">{rows.length}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{speech.say("table.name")}</th>
          <th scope="col">{speech.say("table.kind")}</th>
          <th scope="col" class="number">
            {speech.say("table.degree")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            aria-selected={selection?.id === row.id}
            class={selection?.id === row.id ? "is-selected" : ""}
            key={row.id}
          >
            <th scope="row">
              <button type="button" class="cell" onClick={() => actions.selectRow("node", row.id)}>
                <KindMark kinds={row.kinds} />
                {row.shown}
              </button>
            </th>
            <td>{row.kinds.map(speech.kind).join(", ")}</td>
            <td class="number">{row.degree}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RelationTable({ wanted }: { readonly wanted: string }) {
  const { session, actions } = usePage();
  const speech = useSpeech();
  const { selection } = useView();
  const rows = [...shownNow(session).edges]
    .map((key) => {
      const [from, to] = session.knowledge.extremities(key).map((id) => speech.name({ id, name: id }));
      const edge = session.knowledge.getEdgeAttributes(key);
      return { key, from: from!, to: to!, edge, word: speech.predicate(edge.predicate) };
    })
    .filter(({ from, to, word }) => `${from} ${word} ${to}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.from.localeCompare(b.from) || a.word.localeCompare(b.word) || a.to.localeCompare(b.to));
  const heads = ["subject", "predicate", "object", "status", "since", "until"] as const;
  return (
    <table>
      <caption>
        {speech.say("table.relations")} <span class="count">{rows.length}</span>
      </caption>
      <thead>
        <tr>
          {heads.map((name) => (
            <th scope="col">{speech.say(`table.${name}`)}</th>
          ))}
          <th scope="col" class="number">
            {speech.say("table.documents")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, from, to, edge, word }) => (
          <tr aria-selected={selection?.id === key} class={selection?.id === key ? "is-selected" : ""} key={key}>
            <td>{from}</td>
            <th scope="row">
              <button type="button" class="cell" onClick={() => actions.selectRow("edge", key)}>
                {word}
              </button>
            </th>
            <td>{to}</td>
            <td>
              <span class="cell-status">
                <LineMark standing={standing(edge)} />
                {speech.status(statusWord(edge))}
              </span>
            </td>
            <td>{edge.since}</td>
            <td>{edge.until}</td>
            <td class="number">{edge.documents}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
