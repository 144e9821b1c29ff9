/** Somebody's time with us and one day they were seen or spoken to. */
export type EnrolmentRow = {
  readonly nhsNumber: string
  readonly enrolledOn: string
  readonly endedOn: string | null
  readonly contactOn: string
}

/**
 * The enrolment file: who was enrolled, from when to when, one row a contact.
 *
 * @returns CSV with a heading row and a line feed after each row. Days are YYYY-MM-DD; an open episode has no ended_on.
 */
export const enrolmentCsv = (rows: readonly EnrolmentRow[]): string =>
  [
    'nhs_number,enrolled_on,ended_on,contact_on',
    ...rows.map(({ nhsNumber, enrolledOn, endedOn, contactOn }) =>
      [nhsNumber, enrolledOn, endedOn ?? '', contactOn].join(','),
    ),
    '',
  ].join('\n')
