/** What follows the last @; the whole where there is none. */
export const domainOfAddress = (address: string): string =>
  address.slice(address.lastIndexOf("@") + 1);
