import { describe, expect, it } from 'vitest'
import { room as caseFinding } from '#case-finding'
import { rooms } from '../src/pathway.ts'
import { askedWith } from './asking.ts'
import { type Cast, furnish, type House, openEmptyHouse } from './house.ts'

const routes = [caseFinding, ...rooms].flatMap(({ screens }) => screens)
const routeTo = (method: 'GET' | 'POST', path: string) =>
  routes.find((route) => route.method === method && route.path === path)

async function listOf(house: House, who: Cast): Promise<string> {
  const answer = await house.as(who, async (visit) =>
    routeTo('GET', '/case-finding')?.answer(visit, askedWith()),
  )
  return answer?.kind === 'page' ? answer.html : ''
}

describe('what case-finding is meant for', () => {
  it('HZ14 on real people it is off until a named person accepts it, and off again in one step', async () => {
    const house = await openEmptyHouse()
    await furnish(house.ownerUrl, 'real')
    const send = (path: string, form: Readonly<Record<string, string>> = {}) =>
      house.as('sofia', async (visit) => routeTo('POST', path)?.answer(visit, askedWith({ form })))
    expect(await listOf(house, 'drLund')).toContain('Case-finding is off')
    expect(await send('/purposes')).toMatchObject({ kind: 'page', status: 422 })
    expect(await listOf(house, 'drLund')).toContain('Case-finding is off')
    expect(await send('/purposes', { accepted: 'yes' })).toMatchObject({ kind: 'go' })
    expect(await listOf(house, 'drLund')).not.toContain('Case-finding is off')
    expect(await send('/purposes/withdraw')).toMatchObject({ kind: 'go' })
    expect(await listOf(house, 'drLund')).toContain('Case-finding is off')
  })
})
