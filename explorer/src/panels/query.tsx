/** Cypher, read only: editor, parameters, results as a table or on the drawing, history. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import type { CypherResult, Ontology } from "../api/shapes";
import { rememberStatement, statements } from "../controls/statements";
import type { Vocabulary } from "../state/cypher";
import { problemPlace } from "../state/problem-place";
import { usePage, useSession, useSpeech, useView } from "./context";
import { Editor } from "./editor";
import { Heading } from "./parts";
import { Results } from "./results";

const FIRST = "MATCH (a:Company)-[r:PARTNERS_WITH]-(b:Company)\nRETURN a, r, b\nLIMIT 25";

type Outcome = { readonly result: CypherResult | null; readonly problem: Problem | null; readonly isRunning: boolean };

export function QueryPanel() {
  const { say } = useSpeech();
  const { panel } = useView();
  const [statement, setStatement] = useState(panel.args.statement ?? statements()[0] ?? FIRST);
  const [parameters, setParameters] = useState(panel.args.parameters ?? "{}");
  const [outcome, setOutcome] = useState<Outcome>({ result: null, problem: null, isRunning: false });
  const vocabulary = useVocabulary();
  const run = async (): Promise<void> => {
    const given = parsed(parameters);
    if (!given)
      return setOutcome({ result: null, problem: new Problem(400, say("query.badParameters")), isRunning: false });
    setOutcome({ ...outcome, isRunning: true });
    setOutcome(await runStatement(statement, given));
    rememberStatement(statement);
  };
  useEffect(() => {
    if (!panel.args.statement) return;
    setStatement(panel.args.statement);
    setParameters(panel.args.parameters ?? "{}");
  }, [panel.args.statement, panel.args.parameters]);
  return (
    <section class="query">
      <Heading>{say("query.title")}</Heading>
      <Editor
        value={statement}
        vocabulary={vocabulary}
        error={problemPlace(outcome.problem?.detail)}
        onRun={() => void run()}
        onInput={(value) => {
          setStatement(value);
          if (outcome.problem) setOutcome({ ...outcome, problem: null });
        }}
      />
      <p class="query-tools">
        <button type="button" class="button is-main" disabled={outcome.isRunning} onClick={() => void run()}>
          {say("query.run")}
        </button>
        <span class="quiet">{say("query.hint")}</span>
      </p>
      <details open={parameters !== "{}"}>
        <summary>{say("query.parameters")}</summary>
        <textarea
          class="field code"
          rows={3}
          spellcheck={false}
          aria-label={say("query.parameters")}
          value={parameters}
          onInput={(event) => setParameters(event.currentTarget.value)}
        />
      </details>
      <History onChoose={setStatement} />
      {outcome.problem && <QueryProblem problem={outcome.problem} />}
      {outcome.result && <Results result={outcome.result} />}
    </section>
  );
}

async function runStatement(statement: string, parameters: Record<string, unknown>): Promise<Outcome> {
  try {
    return {
      result: await service.cypher({ statement, parameters, integers: "string" }),
      problem: null,
      isRunning: false,
    };
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    return { result: null, problem: failure, isRunning: false };
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text || "{}");
    return value && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch (failure) {
    if (failure instanceof SyntaxError) return null;
    throw failure;
  }
}

function QueryProblem({ problem }: { readonly problem: Problem }) {
  const { say } = useSpeech();
  const place = problemPlace(problem.detail);
  const text = problem.isUnreachable ? say("problem.offline") : problem.message;
  return (
    <p class="trouble" role="alert">
      {place && <strong>{say("query.at", place)}: </strong>}
      {text}
    </p>
  );
}

function History({ onChoose }: { readonly onChoose: (statement: string) => void }) {
  const { say } = useSpeech();
  const past = statements();
  if (past.length === 0) return null;
  return (
    <details class="query-history">
      <summary>
        {say("query.history")} <span class="count">{past.length}</span>
      </summary>
      <ul>
        {past.map((statement) => (
          <li>
            <button type="button" class="example code" onClick={() => onChoose(statement)}>
              {statement}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

const PROPERTIES = [
  "id",
  "name",
  "names",
  "status",
  "since",
  "until",
  "current",
  "claims",
  "documents",
  "role",
  "date",
  "quote",
  "predicate",
  "title",
  "text",
];

function useVocabulary(): Vocabulary {
  const ontology = useSession((state) => state.ontology);
  usePage();
  return useMemo(
    () => ({
      labels: [...namesOf(ontology, "kinds"), "Entity", "Name", "Claim", "Document", "Judgement"],
      types: [...namesOf(ontology, "predicates"), "SUBJECT", "OBJECT", "SAID_IN", "SAID_BY", "NAMES"],
      properties: [...new Set([...PROPERTIES, ...namesOf(ontology, "attributes")])],
    }),
    [ontology],
  );
}

function namesOf(ontology: Ontology | null, section: keyof Ontology): string[] {
  return (ontology?.[section] ?? []).map(({ name }) => name);
}
