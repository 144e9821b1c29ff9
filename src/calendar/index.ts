export {
  addDays,
  addMonths,
  ageOn,
  dateWords,
  daysBetween,
  dayWords,
  type LondonDate,
  londonDate,
  londonInstant,
  readDate,
  readDateBoxes,
  shortDateWords,
  timeOfDay,
  timeWords,
} from './dates.ts'
export { addWorkingDays, isOutOfHours, isWorkingDay } from './working-days.ts'
