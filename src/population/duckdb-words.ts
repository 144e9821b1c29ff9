/** A text as an SQL literal. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
/** A name as an SQL identifier. */
export const named = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Whether a ten-digit number passes the check of an NHS number: modulus 11, weights 10 to 2. */
export const passesCheck = (number: string): string =>
  `(${number} > 0 and (11 - (${[10, 9, 8, 7, 6, 5, 4, 3, 2]
    .map((weight, at) => `(${number} // ${10 ** (9 - at)}) % 10 * ${weight}`)
    .join(' + ')}) % 11) % 11 = ${number} % 10)`
