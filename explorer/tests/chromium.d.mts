export const ARGUMENTS: string[];
export function chromium(): string | null;
export function sayMissing(what: string): 0 | 1;
