/** The graph that sigma listens to. Many changes at once are made in silence and told once: sigma reads everything anew. */
import { MultiDirectedGraph } from "graphology";
import type { GraphEvents } from "graphology-types";

export class DrawnGraph extends MultiDirectedGraph {
  private isSilent = false;

  override emit<Event extends keyof GraphEvents>(type: Event, ...args: Parameters<GraphEvents[Event]>): boolean {
    return this.isSilent ? false : super.emit(type, ...args);
  }

  /** Makes changes without an event for each; the caller tells sigma afterwards. */
  silently(change: () => void): void {
    this.isSilent = true;
    try {
      change();
    } finally {
      this.isSilent = false;
    }
  }
}
