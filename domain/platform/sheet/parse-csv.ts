/** The parser of CSV apart from what uses it: functions that know sheets load it with the first file they read. */
export { CsvError, parse } from 'csv-parse'
