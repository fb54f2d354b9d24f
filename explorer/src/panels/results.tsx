/** Rows of a query as a table; entities in them lead on, and can all be put on the drawing. */
import type { CypherResult } from "../api/shapes";
import { download } from "../controls/take-along";
import { csvOf } from "../state/csv";
import { entitiesIn } from "../state/rows";
import { usePage, useSpeech } from "./context";
import { Icon } from "./icons";
import { EntityLink } from "./parts";

const MOST_ROWS = 500;

export function Results({ result }: { readonly result: CypherResult }) {
  const { actions } = usePage();
  const { say } = useSpeech();
  const ids = entitiesIn(result.rows);
  const csv = (): void => download("rows.csv", "text/csv", csvOf([result.columns, ...result.rows]));
  return (
    <section class="results">
      <p class="results-head">
        <span role="status">
          {say("query.rows", { n: result.rows.length, ms: result.summary?.took_ms ?? 0 })}
          {result.truncated && `, ${say("query.truncated")}`}
        </span>
        <button
          type="button"
          class="text-button"
          disabled={ids.length === 0}
          title={ids.length === 0 ? say("query.noGraph") : undefined}
          onClick={() => actions.accompany(ids, [])}
        >
          <Icon name="explore" />
          {say("query.graph")}
        </button>
        <button type="button" class="text-button" onClick={csv}>
          <Icon name="export" />
          {say("query.csv")}
        </button>
      </p>
      <div class="table-wrap" tabIndex={0} role="region" aria-label={say("query.table")}>
        <table>
          <thead>
            <tr>
              {result.columns.map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.rows.slice(0, MOST_ROWS).map((row) => (
              <tr>
                {row.map((value) => (
                  <td>
                    <Cell value={value} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return <span class="quiet">–</span>;
  if (typeof value !== "object") return <>{String(value)}</>;
  const { labels, properties, type } = value as {
    labels?: string[];
    properties?: Record<string, unknown>;
    type?: string;
  };
  if (labels?.includes("Entity") && typeof properties?.id === "string") {
    const kinds = labels.filter((label) => label !== "Entity");
    return <EntityLink plain entity={{ id: properties.id, name: String(properties.name ?? properties.id), kinds }} />;
  }
  if (type) return <span class="chip">{type}</span>;
  return <code class="cell-json">{JSON.stringify(value)}</code>;
}
