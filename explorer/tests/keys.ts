/** A person with a keyboard and no pointer: goes from one thing to the next, as far as it takes. */
import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any view has. */
const MOST_STOPS = 400;

export class Keys {
  constructor(readonly page: Page) {}

  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  /** Tab after Tab until the first that is meant has the focus, and shows it. */
  async to(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    const wanted = target.first();
    await expect(wanted).toBeVisible();
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return this.seen();
      await this.press(key);
    }
    throw new Error(`${target} cannot be reached with ${key}.`);
  }

  async use(target: Locator, key = "Enter"): Promise<void> {
    await this.to(target);
    await this.press(key);
  }

  /** The focus has an outline, its own or that of the frame around it. */
  async seen(): Promise<void> {
    const isSeen = await this.page.evaluate(() => {
      for (let at = document.activeElement; at && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).outlineStyle !== "none") return true;
      return false;
    });
    const what = await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
    expect(isSeen, `the focus is seen on ${what}`).toBe(true);
  }

  /** Into the panel, wherever the focus is. */
  async panel(): Promise<void> {
    const isInside = () => this.page.evaluate(() => document.querySelector("#panel")!.contains(document.activeElement));
    if (!(await isInside())) await this.press("F6");
    expect(await isInside()).toBe(true);
  }

  async drawing(): Promise<void> {
    await this.panel();
    await this.press("F6");
    await expect(this.page.locator("#drawing")).toBeFocused();
  }

  /** Opens a section from the rail. */
  async section(name: string): Promise<void> {
    const button = this.page.getByRole("navigation").getByRole("button", { name, exact: true });
    await this.drawing();
    await this.to(button, "Shift+Tab");
    await this.press("Enter");
    await this.panel();
  }
}
