import { type Db, one, run, sql } from '#database'

/** A part of Keyworker that is meant for something a named person must accept before it is used on real people. */
export type PurposePart = 'case-finding' | 'kit alerts'

export type Acceptance = { readonly id: string; readonly acceptedByName: string; readonly acceptedAt: Date }

/** Whether a part may be used: always on made-up people, on real people once its purpose is accepted. */
export async function isSwitchedOn(db: Db, part: PurposePart): Promise<boolean> {
  const row = await one<{ isOn: boolean | null }>(
    db,
    sql`select organisations.is_switched_on(${part}) as "isOn"`,
  )
  return row?.isOn ?? false
}

/** Who accepted a part's purpose, where somebody has and nobody has withdrawn it. */
export const acceptanceOf = (db: Db, part: PurposePart): Promise<Acceptance | undefined> =>
  one(
    db,
    sql`select a.id, s.name as "acceptedByName", a.accepted_at as "acceptedAt"
        from organisations.purpose_acceptance a join organisations.staff s on s.id = a.accepted_by
        where a.part = ${part} and a.withdrawn_at is null`,
  )

export async function acceptPurpose(
  db: Db,
  acceptance: { readonly id: string; readonly part: PurposePart; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    db,
    sql`insert into organisations.purpose_acceptance (id, part, statement_version, accepted_by, accepted_at)
        values (${acceptance.id}, ${acceptance.part}, 1, ${acceptance.by}, ${acceptance.at})
        on conflict (part) where withdrawn_at is null do nothing`,
  )
}

export async function withdrawPurpose(db: Db, part: PurposePart, by: string, at: Date): Promise<void> {
  await run(
    db,
    sql`update organisations.purpose_acceptance set withdrawn_by = ${by}, withdrawn_at = ${at}
        where part = ${part} and withdrawn_at is null`,
  )
}
