/** The whole schema as data: read from the catalogue, compared with what `migrations/schema.json` says it must be. */
import type { Db } from './db.ts'

type TableShape = {
  readonly columns: Readonly<Record<string, string>>
  readonly indexes: Readonly<Record<string, string>>
  readonly constraints: Readonly<Record<string, string>>
}
export type Schema = Readonly<Record<string, TableShape>>

const kinds = { columns: 'column', indexes: 'index', constraints: 'constraint' } as const

/** Not-null constraints are left out: PostgreSQL 18 lists them by name, older ones do not; `columns` has them. */
const CATALOGUE = `
  select c.relname as table, 'columns' as kind, a.attname as name,
    format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as definition
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    and a.attnum > 0 and not a.attisdropped
  union all
  select t.relname, 'indexes', i.relname,
    replace(pg_get_indexdef(x.indexrelid), current_schema() || '.', '')
      || case when x.indisvalid then '' else ' (invalid)' end
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_class t on t.oid = x.indrelid
  where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r'
  union all
  select t.relname, 'constraints', k.conname, pg_get_constraintdef(k.oid)
  from pg_constraint k
  join pg_class t on t.oid = k.conrelid
  where t.relnamespace = current_schema()::regnamespace and k.contype in ('p', 'u', 'c', 'f', 'x')
  order by 1, 2, 3`

export async function readSchema(db: Db): Promise<Schema> {
  const schema: Record<string, { [Kind in keyof TableShape]: Record<string, string> }> = {}
  const { rows } = await db.executeSql(CATALOGUE)
  for (const row of rows) {
    const { table, kind, name, definition } = row as Record<'table' | 'name' | 'definition', string> & {
      kind: keyof TableShape
    }
    schema[table] ??= { columns: {}, indexes: {}, constraints: {} }
    schema[table][kind][name] = definition
  }
  return schema
}

/** What the database lacks or has otherwise. More than expected is no drift: a newer version may have added it. */
export function drift(expected: Schema, found: Schema): string[] {
  return Object.entries(expected).flatMap(([table, shape]) => {
    const actual = found[table]
    if (!actual) return [`table ${table} is missing`]
    return (Object.keys(kinds) as (keyof TableShape)[]).flatMap((kind) =>
      Object.entries(shape[kind])
        .filter(([name, definition]) => actual[kind][name] !== definition)
        .map(([name, definition]) => {
          const is = actual[kind][name]
          const what = is === undefined ? 'is missing' : `is "${is}", expected "${definition}"`
          return `${kinds[kind]} ${table}.${name} ${what}`
        }),
    )
  })
}
