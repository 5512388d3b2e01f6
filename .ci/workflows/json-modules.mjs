// @actions/languageservice imports JSON without the attribute that Node.js asks for; bundlers do not.
import { register } from "node:module";

const hooks = `
  export const load = (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
