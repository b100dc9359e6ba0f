/**
 * A path with its values encoded: `` odata`/users/${upn}/manager` ``. A value between single quotes is
 * an OData string, so its quotes are doubled too: `` odata`/users?$filter=userPrincipalName eq '${upn}'` ``.
 */
export function odata(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  return strings.reduce((path, text, index) => {
    const quoted = path.endsWith("'");
    const value = String(values[index - 1]);
    return path + encodeURIComponent(quoted ? value.replaceAll("'", "''") : value) + text;
  });
}
