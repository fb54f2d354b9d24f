import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startSession } from "../state/session";
import { FIRST_PAUSE_MS, keepReaching, LAST_PAUSE_MS } from "./reaching";

describe("a service that cannot be reached", () => {
  const network = () => new EventTarget();
  const setUp = (at: EventTarget) => {
    const { store } = startSession("en", "system", null);
    const setOffline = (offline: boolean) => store.update((state) => ({ ...state, offline }));
    const isThere = vi.fn(async () => false);
    const retry = vi.fn(async () => setOffline(false));
    keepReaching({ store }, isThere, retry, at);
    return { isThere, retry, setOffline };
  };

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is asked after ever longer pauses, without end, and what was missed is loaded once it answers", async () => {
    const { isThere, retry, setOffline } = setUp(network());
    setOffline(true);
    await vi.advanceTimersByTimeAsync(FIRST_PAUSE_MS * 3);
    expect(isThere).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(LAST_PAUSE_MS * 100);
    expect(isThere.mock.calls.length).toBeGreaterThan(100);
    expect(isThere.mock.calls.length).toBeLessThan(107);
    expect(retry).not.toHaveBeenCalled();
    isThere.mockResolvedValue(true);
    await vi.advanceTimersByTimeAsync(LAST_PAUSE_MS);
    expect(retry).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(LAST_PAUSE_MS * 10);
    expect(retry).toHaveBeenCalledOnce();
  });

  it("is asked at once when the browser is online again, and again when that was too early", async () => {
    const at = network();
    const { isThere, retry, setOffline } = setUp(at);
    setOffline(true);
    await vi.advanceTimersByTimeAsync(LAST_PAUSE_MS * 4);
    const asked = isThere.mock.calls.length;
    at.dispatchEvent(new Event("online"));
    expect(isThere).toHaveBeenCalledTimes(asked + 1);
    isThere.mockResolvedValue(true);
    await vi.advanceTimersByTimeAsync(FIRST_PAUSE_MS);
    expect(retry).toHaveBeenCalledOnce();
  });

  it("is asked again when loading what was missed fails", async () => {
    const { isThere, retry, setOffline } = setUp(network());
    isThere.mockResolvedValue(true);
    retry.mockImplementationOnce(async () => setOffline(true));
    setOffline(true);
    await vi.advanceTimersByTimeAsync(LAST_PAUSE_MS);
    expect(retry).toHaveBeenCalledTimes(2);
  });
});
