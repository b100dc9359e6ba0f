/** References between directory objects as Graph wants them in a body: absolute, whatever host carries the request. */

/** Value of `@odata.id` or of an item of `…@odata.bind`. */
export const directoryObject = (id: string): string =>
  `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;
