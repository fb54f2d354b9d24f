/** Explains shapes and lines, with how many of each are shown. */

import { GLYPHS, type Glyph, glyphOf } from "../drawing/palette";
import { shownNow } from "../state/session";
import { STANDINGS, type Standing, standing } from "../state/status";
import { usePage, useSession, useSpeech } from "./context";
import { KindMark, LineMark } from "./marks";

export function Legend() {
  const { say, kind } = useSpeech();
  const { kinds, standings } = useTally();
  return (
    <section class="legend" aria-label={say("legend.title")}>
      <h3>{say("legend.kinds")}</h3>
      <ul>
        {(Object.keys(GLYPHS) as Glyph[])
          .filter((name) => name !== "Other" || kinds.has(name))
          .map((name) => (
            <li class={kinds.has(name) ? "" : "is-absent"}>
              <KindMark kinds={[name]} />
              {name === "Other" ? say("kind.Other") : kind(name)}
              <span class="count">{kinds.get(name) ?? 0}</span>
            </li>
          ))}
      </ul>
      <h3>{say("legend.lines")}</h3>
      <ul>
        {STANDINGS.map((name) => (
          <li class={standings.has(name) ? "" : "is-absent"}>
            <LineMark standing={name} />
            {say(`legend.${name}`)}
            <span class="count">{standings.get(name) ?? 0}</span>
          </li>
        ))}
        <li>
          <LineMark standing="held" conflict />
          {say("legend.conflict")}
        </li>
      </ul>
      <p class="quiet">{say("legend.arrow")}</p>
    </section>
  );
}

function useTally(): { readonly kinds: ReadonlyMap<Glyph, number>; readonly standings: ReadonlyMap<Standing, number> } {
  const { session } = usePage();
  useSession((state) => state.history.present);
  useSession((state) => state.version);
  const { nodes, edges, over } = shownNow(session);
  const kinds = new Map<Glyph, number>();
  for (const id of nodes) {
    const glyph = glyphOf(session.knowledge.getNodeAttribute(id, "kinds"));
    kinds.set(glyph, (kinds.get(glyph) ?? 0) + 1);
  }
  const standings = new Map<Standing, number>();
  for (const key of edges) {
    const stands = over.has(key) ? "ended" : standing(session.knowledge.getEdgeAttributes(key));
    standings.set(stands, (standings.get(stands) ?? 0) + 1);
  }
  return { kinds, standings };
}
