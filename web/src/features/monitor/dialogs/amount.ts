/** A length in words for titles: "10 minutes", "1 minute 30 seconds". @param seconds whole, at least 0 */
export function amountText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [minutes > 0 ? unit(minutes, 'minute') : '', rest > 0 || minutes === 0 ? unit(rest, 'second') : ''];
  return parts.filter((part) => part !== '').join(' ');
}

function unit(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
