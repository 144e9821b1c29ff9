import { familyNames, givenNames, streetKinds, streetNames } from '../names.data.ts'
import { ethnicGroups } from '../parameters.data.ts'
import { byWeight, list, pick, text, u } from './words.ts'

type Names = readonly string[]
const familyByGroup: Readonly<Record<string, Names>> = {
  B: familyNames.irish,
  C: familyNames.european,
  H: familyNames.indian,
  J: familyNames.pakistani,
  K: familyNames.pakistani,
  L: familyNames.indian,
  M: familyNames.caribbean,
  N: familyNames.african,
  P: familyNames.african,
  R: familyNames.chinese,
  S: familyNames.other,
}

/** The census group of a person, by the NHS data dictionary's letter. */
const censusGroup = `case eth ${['white', 'asian', 'black', 'mixed', 'other']
  .map(
    (broad, at) =>
      `when ${at} then ${byWeight(
        'group_u',
        (ethnicGroups[broad] ?? []).map(([code, share]) => [text(code), share]),
      )}`,
  )
  .join(' ')} end`

const familyName = (draw: string) =>
  `(case grp16 ${Object.entries(familyByGroup)
    .map(([code, names]) => `when '${code}' then ${pick(names, draw)}`)
    .join(' ')} else ${pick(familyNames.white, draw)} end)`

/** Given names by sex, group and, for the White group, by decade of birth. */
function givenName(draw: string): string {
  const of = (key: keyof typeof givenNames) =>
    `(case when female then ${pick(givenNames[key].female, draw)} else ${pick(givenNames[key].male, draw)} end)`
  return `(case when grp16 in ('H', 'J', 'K', 'L') then ${of('asian')} when grp16 in ('M', 'N', 'P') then ${of('black')}
    when grp16 = 'R' then ${of('chinese')} when grp16 = 'S' then ${of('other')}
    when born < 1950 then ${of('white-old')} when born < 1972 then ${of('white-middle')}
    when born < 2000 then ${of('white-young')} else ${of('white-new')} end)`
}

const unitLetters = 'ABDEFGHJLNPQRSTUWXYZ'
const letter = (n: string) => `substr('${unitLetters}', 1 + (${n}) % 20, 1)`

/** Postcodes of the unallocated area XX: a district and sector by small area, a unit by household. */
export const postcodeOf = (area: string, home: string): string =>
  `(case when ${area} < 891 then 'XX' || (1 + ${area} // 9) else 'XX' || (1 + (${area} - 891) // 9 % 9) ||
     chr((65 + (${area} - 891) // 81 % 26)::int) end || ' ' || (1 + ${area} % 9) || ${letter(`${home} // 15`)} || ${letter(`${home} // 300`)})`

/**
 * Who each person is: names, home, contact details. Households are an area and a hash; people of one group in one
 * home usually share a family name; namesakes share both names and the home; a tenth of twins differ by a letter.
 */
export const identityTable = (startOn: string): string => `create or replace table identity as
  with drawn as (
    select p.*, year(date '${startOn}' + p.birth_day::int) as born,
      ${u('ethnicGroup', 0, 'p.ks')} as group_u,
      case when p.namesake then p.kp else p.ks end as kh
    from person p
  ), grouped as (
    select *, ${censusGroup} as grp16 from drawn
  ), homed as (
    select *, case when lives_alone and not namesake and not twin then 1000 + id
      else floor(${u('household', 0, 'kh')} * 640)::int end as home from grouped
  ), keyed as (
    select *, hash(xor(hash((area::bigint * 4000000 + home)::ubigint), (ascii(grp16) * 977)::ubigint)) as home_key from homed
  ), named as (
    select *,
      ${familyName(`(case when namesake or twin then ${u('familyName', 0, 'kp')}
        when ${u('householdFamily')} < 0.8 then ${u('familyName', 0, 'home_key')} else ${u('familyName')} end)`)} as family_name,
      ${givenName(`(case when namesake or (twin and ${u('almostName', 0, 'kp')} < 0.1) then ${u('givenName', 0, 'kp')}
        else ${u('givenName')} end)`)} as first_name
    from keyed
  )
  select id, k, nhs, area, home, grp16, kh, family_name, moved, twin, namesake,
    case when twin and id % 2 = 1 and ${u('almostName', 0, 'kp')} < 0.1
      then left(first_name, -1) || case when right(first_name, 1) = 'a' then 'e' else 'a' end else first_name end as given_name,
    date '${startOn}' + birth_day::int as born_on,
    case when female then '2' else '1' end as sex_code,
    ${postcodeOf('area', 'home')} as postcode,
    (case when home >= 1000 then 'Flat ' || (1 + id % 60) || ', ' else '' end) || (1 + home % 150) || ' ' ||
      ${list(streetNames)}[1 + (area * 7 + home // 150)::int % ${streetNames.length}] || ' ' ||
      ${list(streetKinds)}[1 + (area + home // 150)::int % ${streetKinds.length}] || ', Harrowmere' as address,
    '01632 960' || lpad(floor(${u('telephone', 0, 'kh')} * 1000)::int::varchar, 3, '0') as telephone
  from named`
