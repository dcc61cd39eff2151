/** An instance of one of the SDK's request classes, whose constructors take nothing. */
export function toModel<Model extends object>(
  model: new () => Model,
  fields: { [Name in keyof Model]: Model[Name] },
): Model {
  return Object.assign(new model(), fields);
}
