import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { demoPosts } from '#access'
import { transaction } from '#database'
import { loadExtract } from '#population'
import { rooms, tasks } from '../src/pathway.ts'
import { workshopFor } from '../src/work.ts'
import { askedWith } from './asking.ts'
import { openEmptyHouse, testFolder } from './house.ts'

const bundles = resolve(import.meta.dirname, '../../shared/data/fhir/synthea-r4')
const folder = testFolder('synthea')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const title = 'a folder of Synthea bundles becomes a list that somebody works down'
if (!existsSync(bundles))
  process.stdout.write(`not run: ${title}: ../shared/data is not beside the checkout\n`)

describe('one’s own people', () => {
  it.skipIf(!existsSync(bundles))(title, async () => {
    mkdirSync(join(folder, 'population'), { recursive: true })
    const house = await openEmptyHouse()
    const workshop = workshopFor(house.workPool, folder, 'load')
    const loaded = await loadExtract(workshop, { folder: bundles, isSynthetic: true })
    expect(loaded).toMatchObject({ ok: true, value: { kind: 'synthetic' } })
    if (!loaded.ok) return
    expect(loaded.value.read).toBe(loaded.value.taken + loaded.value.refused)
    await tasks.rank?.(workshop, {})
    const posts = await transaction(house.pool, demoPosts)
    const gp = posts.find(({ role }) => role === 'GP')
    expect(gp).toBeDefined()
    const list = rooms.flatMap(({ screens }) => screens).find(({ path }) => path === '/case-finding')
    const answer = await house.asPost(gp?.staffId ?? '', gp?.id ?? '', async (visit) =>
      list?.answer(visit, askedWith()),
    )
    expect(answer).toMatchObject({ kind: 'page' })
    const html = answer?.kind === 'page' ? answer.html : ''
    expect(html).toMatch(/[1-9]\d* left to judge/)
    expect(html).toContain('SYNTHETIC')
    const night = posts.find(({ role }) => role === 'out-of-hours clinician')
    const [agreement] = await house.arrange(
      `select partner_id from organisations.agreement where during @> organisations.today()`,
    )
    const nights = await house.asPost(night?.staffId ?? '', night?.id ?? '', async ({ caller }) => caller)
    expect(nights.organisation.id).toBe(agreement?.partner_id)
  })
})
