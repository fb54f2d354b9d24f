/** Long figures in groups of three, so that a person can read them: 252000000 becomes 252,000,000. */
export function grouped(said: string): string {
  return said.replace(/(?<![\d.])\d{5,}(?!\d)/g, (figure) => Number(figure).toLocaleString("en"));
}
