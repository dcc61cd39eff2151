/** An instance of one of the SDK's request classes, which have fields but no constructor that takes them. */
export function toModel<Model extends object>(
  model: new () => Model,
  fields: { [Name in keyof Model]: Model[Name] },
): Model {
  return Object.assign(new model(), fields);
}
