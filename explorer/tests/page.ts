/** What every test of the page needs: a page opened and drawn, and ways to point at what a canvas shows. */
import { test as base, expect, type Page } from "@playwright/test";
import type { TestHandle } from "../src/controls/testing";
import { Keys } from "./keys";

declare global {
  interface Window {
    guanxi: TestHandle;
  }
}

export class Explorer {
  constructor(readonly page: Page) {}

  /** Opens the page at a view and waits until it is drawn. `toured` false shows the tour of a first visit. */
  async open(view = "", { toured = true, language = "en", theme = "light" } = {}): Promise<void> {
    await this.page.addInitScript(
      ([seen, lang, chosen]) => {
        if (localStorage.getItem("guanxi.language") === null) localStorage.setItem("guanxi.language", lang as string);
        if (localStorage.getItem("guanxi.theme") === null) localStorage.setItem("guanxi.theme", chosen as string);
        if (seen) localStorage.setItem("guanxi.toured", "yes");
      },
      [toured, language, theme],
    );
    await this.page.goto(`/${view}`);
    await this.settled();
  }

  /** Waits until all is loaded, laid out and painted, with the names where the controls leave room for them. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => window.guanxi?.isSettled() && window.guanxi.nodes().length > 0, null, {
      polling: 50,
    });
    await this.page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
  }

  nodes(): Promise<string[]> {
    return this.page.evaluate(() => window.guanxi.nodes());
  }

  edges(): Promise<string[]> {
    return this.page.evaluate(() => window.guanxi.edges());
  }

  has(id: string): Promise<boolean> {
    return this.page.evaluate((node) => window.guanxi.nodes().includes(node), id);
  }

  /** The drawn line between two, of a predicate and, where given, a status. */
  line(source: string, predicate: string, target: string, status?: string): Promise<string | null> {
    return this.page.evaluate(
      ([from, name, to, said]) => {
        const { knowledge } = window.guanxi.page.session;
        const found = window.guanxi.edges().find((key) => {
          const edge = knowledge.getEdgeAttributes(key);
          const ends = knowledge.extremities(key);
          return (
            edge.predicate === name && ends.includes(from!) && ends.includes(to!) && (!said || edge.status === said)
          );
        });
        return found ?? null;
      },
      [source, predicate, target, status],
    );
  }

  /** A real click on the canvas, where the node stands; the button is held, and let be between two clicks, for `delay` milliseconds. */
  async clickNode(id: string, clickCount = 1, delay = 20): Promise<void> {
    const at = await this.page.evaluate((node) => window.guanxi.place(node), id);
    if (!at) throw new Error(`${id} is not drawn`);
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.click(at.x, at.y, { clickCount, delay });
  }

  panel() {
    return this.page.locator("#panel");
  }

  /** Types into the search field; gives the first match, once there is one. */
  async find(text: string) {
    await this.page.locator("#search").fill(text);
    const first = this.page.locator(".bar .search-list").getByRole("option").first();
    await expect(first).toBeVisible();
    return first;
  }
}

export const test = base.extend<{ explorer: Explorer; keys: Keys }>({
  keys: async ({ page }, use) => use(new Keys(page)),
  explorer: async ({ page }, use) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text()))
        problems.push(message.text());
    });
    await use(new Explorer(page));
    expect(problems, "errors on the page").toEqual([]);
  },
});

export { expect };
