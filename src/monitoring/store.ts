import type { ListPermit, Part, Permit, StaffVisit } from '#access'
import { permitOpened } from '#access'
import { type Db, many, one, run, savepoint, sql, withoutNulls } from '#database'
import type { Kit, KitKind, Loan, LoanTurn, NewKit } from './types.ts'

const kitColumns = sql`k.id, k.organisation_id as "organisationId", k.kind, k.maker, k.product, k.serial`
const loanColumns = sql`${kitColumns}, l.id as "loanId", l.person_id as "personId", l.turn, lower(l.during) as "from",
  upper(l.during) as until, l.checked_with as "checkedWith", s.name as "lentByName"`
const loanTables = sql`monitoring.loan l join monitoring.kit k on k.id = l.kit_id
  join organisations.staff s on s.id = l.lent_by`

/** Every piece of kit of a place, those nobody has first. */
export const kitAt = (
  db: Db,
  organisationId: string,
): Promise<readonly (Kit & { readonly isOut: boolean })[]> =>
  many(
    db,
    sql`select ${kitColumns}, monitoring.is_out(k.id) as "isOut" from monitoring.kit k
        where k.organisation_id = ${organisationId} order by "isOut", k.kind, k.serial`,
  )

/** Adds kit to a place. @returns false where kit of this product and serial is written down already. */
export async function insertKit(
  db: Db,
  kit: NewKit & {
    readonly kind: KitKind
    readonly organisationId: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const touched = await run(
    db,
    sql`insert into monitoring.kit (id, organisation_id, kind, maker, product, serial, added_by, recorded_at)
        values (${kit.id}, ${kit.organisationId}, ${kit.kind}, ${kit.maker.trim()}, ${kit.product.trim()},
          ${kit.serial.trim()}, ${kit.by}, ${kit.at})
        on conflict do nothing`,
  )
  return touched === 1
}

/** What the permitted person has, and had, of anybody’s kit: what they have now first, then the newest. */
export async function loansOf(db: Db, permit: Permit<Part>): Promise<readonly Loan[]> {
  const rows = await many(
    db,
    sql`select ${loanColumns} from ${loanTables} where l.person_id = ${permit.person} and not isempty(l.during)
        order by upper_inf(l.during) desc, lower(l.during) desc, l.id`,
  )
  return rows.map((row) => withoutNulls<Loan>(row))
}

/** How a loan came to be as it is, the newest first. */
export async function loanTurnsOf(
  db: Db,
  permit: Permit<Part>,
  loanId: string,
): Promise<readonly LoanTurn[]> {
  const rows = await many(
    db,
    sql`select t.what, lower(t.during) as "from", upper(t.during) as until, t.reason, s.name as "byName",
               t.recorded_at as at
        from monitoring.loan_turn t join organisations.staff s on s.id = t.by
        where t.person_id = ${permit.person} and t.loan_id::text = ${loanId} order by t.n desc`,
  )
  return rows.map((row) => withoutNulls<LoanTurn>(row))
}

/** Until this transaction ends, nobody else gives an alert of this kit or changes who had it. */
export async function holdStill(db: Db, kit: Pick<Kit, 'product' | 'serial'>): Promise<void> {
  await one(db, sql`select monitoring.hold_still(${kit.product}, ${kit.serial})`)
}

type Kept = 'kept' | 'known' | 'somebody has it'

// A row that another keeps out breaks the transaction unless it fails alone.
async function unlessHeld(db: Db, work: () => Promise<Kept>): Promise<Kept> {
  try {
    return await savepoint(db, work)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23P01') return 'somebody has it'
    throw error
  }
}

type During = { readonly from: Date; readonly until?: Date }

const range = ({ from, until }: During) => sql`tstzrange(${from}, ${until ?? null})`

/** Writes down that the permitted person has kit, unless somebody has it at any time of that. */
export const insertLoan = (
  db: Db,
  permit: Permit<'whole'>,
  loan: During & {
    readonly id: string
    readonly kitId: string
    readonly checkedWith: string
    readonly by: string
    readonly at: Date
  },
): Promise<Kept> =>
  unlessHeld(db, async () => {
    const touched = await run(
      db,
      sql`insert into monitoring.loan (id, kit_id, person_id, during, checked_with, turn, lent_by, recorded_at)
          values (${loan.id}, ${loan.kitId}, ${permit.person}, ${range(loan)}, ${loan.checkedWith}, 1, ${loan.by},
            ${loan.at})
          on conflict (id) do nothing`,
    )
    if (touched === 0) return 'known'
    await insertTurn(db, permit, { ...loan, loanId: loan.id, n: 1, what: 'lent' })
    return 'kept'
  })

type TurnRow = {
  readonly loanId: string
  readonly n: number
  readonly what: LoanTurn['what']
  readonly from?: Date
  readonly until?: Date
  readonly reason?: string
  readonly by: string
  readonly at: Date
}

// A loan without a beginning never was.
const turnRange = ({ from, until }: TurnRow) => (from ? range({ from, until }) : sql`'empty'::tstzrange`)

/** Gives a loan its next turn and the dates it has from then on. `known`: somebody else turned it first. */
export const turnLoanRow = (db: Db, permit: Permit<'whole'>, turn: TurnRow): Promise<Kept> =>
  unlessHeld(db, async () => {
    const touched = await run(
      db,
      sql`update monitoring.loan set during = ${turnRange(turn)}, turn = ${turn.n}
          where id = ${turn.loanId} and person_id = ${permit.person} and turn = ${turn.n - 1}`,
    )
    if (touched === 0) return 'known'
    await insertTurn(db, permit, turn)
    return 'kept'
  })

async function insertTurn(db: Db, permit: Permit<'whole'>, turn: TurnRow): Promise<void> {
  await run(
    db,
    sql`insert into monitoring.loan_turn (loan_id, n, person_id, what, during, reason, by, recorded_at)
        values (${turn.loanId}, ${turn.n}, ${permit.person}, ${turn.what}, ${turnRange(turn)},
          ${turn.reason?.trim() || null}, ${turn.by}, ${turn.at})`,
  )
}

export type RegisterView = 'all' | 'lent' | 'free'

/** A page of a place’s kit, with whoever has it opened as a list. */
export type Register = ListPermit & {
  readonly kits: readonly string[]
  readonly total: number
  /** How many pieces are lent now, and how many there are, whatever is searched for. */
  readonly outNow: number
  readonly everything: number
}

/** Opens a page of the caller’s place’s kit. @param words a part of a serial, a product or a kind. */
export async function openRegister(
  visit: StaffVisit,
  may: 'record contacts',
  page: {
    readonly view: RegisterView
    readonly words: string
    readonly from: number
    readonly most: number
  },
): Promise<Register> {
  const { out_now: outNow, ...rest } = await permitOpened<Register & { readonly out_now: number }>(
    visit,
    may,
    sql`monitoring.open_register(${page.view}, ${page.words}, ${page.from}, ${page.most}, 'direct care', 'read the list of kit')`,
  )
  return { ...rest, outNow }
}

/** A piece of kit with who has it now, where somebody does and the list opened them. */
export type KitRow = Kit & { readonly isOut: boolean; readonly personId?: string; readonly from?: Date }

/** The kit of an opened page, in its order. */
export async function kitRows(db: Db, register: Register): Promise<readonly KitRow[]> {
  const rows = await many(
    db,
    sql`select ${kitColumns}, monitoring.is_out(k.id) as "isOut", l.person_id as "personId", lower(l.during) as "from"
        from unnest(${register.kits}::uuid[]) with ordinality u(id, n) join monitoring.kit k on k.id = u.id
          left join monitoring.loan l on l.kit_id = k.id and upper_inf(l.during) and not isempty(l.during)
        order by u.n`,
  )
  return rows.map((row) => withoutNulls<KitRow>(row))
}

/** Whether the person who is open in this transaction has kit now. */
export async function openPersonHasKit(db: Db): Promise<boolean> {
  const row = await one<{ has: boolean }>(db, sql`select monitoring.has_kit() as has`)
  return row?.has ?? false
}

/** Whether somebody else at the permitted person’s address has kit too. It never says who. */
export async function sharesAHouse(db: Db, _permit: Permit<Part>): Promise<boolean> {
  const row = await one<{ shares: boolean }>(db, sql`select monitoring.shares_a_house() as shares`)
  return row?.shares ?? false
}
