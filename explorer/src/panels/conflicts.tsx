/** Claims that cannot all be true, side by side. */
import { service } from "../api/client";
import type { Conflict } from "../api/shapes";
import { takeClaims } from "../controls/found";
import { grouped } from "../state/figures";
import { useFetched, usePage, useSpeech } from "./context";
import { ClaimCard } from "./evidence";
import { Icon } from "./icons";
import { EntityLink, Heading, When } from "./parts";

export function ConflictsPanel() {
  const { say, language } = useSpeech();
  const fetched = useFetched(() => service.conflicts(), [language]);
  return (
    <section class="conflicts">
      <Heading>{say("conflicts.title")}</Heading>
      <When fetched={fetched}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="quiet">{say("conflicts.none")}</p>
          ) : (
            <ul class="conflict-list">
              {items.map((conflict) => (
                <li>
                  <ConflictCard conflict={conflict} />
                </li>
              ))}
            </ul>
          )
        }
      </When>
    </section>
  );
}

function ConflictCard({ conflict }: { readonly conflict: Conflict }) {
  const { session, actions } = usePage();
  const speech = useSpeech();
  const show = (): void => {
    const { nodes, edges } = takeClaims(
      session,
      conflict.sides.flatMap(({ claims }) => claims),
    );
    actions.present(nodes, edges);
  };
  return (
    <details class="conflict">
      <summary>
        <Icon name="conflicts" />
        <span class="conflict-name">
          {conflict.entities.map((entity) => speech.name(entity)).join(" · ")} — {speech.predicate(conflict.predicate)}
          {conflict.about && <span class="quiet"> {speech.attribute(conflict.about)}</span>}
        </span>
        <span class="conflict-says">{conflict.sides.map(({ says }) => grouped(says)).join(" ≠ ")}</span>
      </summary>
      <p class="conflict-ends">
        {conflict.entities.map((entity) => (
          <EntityLink entity={entity} />
        ))}
        <button type="button" class="text-button" onClick={show}>
          <Icon name="explore" />
          {speech.say("ways.show")}
        </button>
      </p>
      <div class="sides">
        {conflict.sides.map(({ says, claims }) => (
          <section class="side">
            <h3>{grouped(says)}</h3>
            {claims.map((claim) => (
              <ClaimCard claim={claim} told />
            ))}
          </section>
        ))}
      </div>
    </details>
  );
}
