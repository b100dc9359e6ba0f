/** POST /v8/token: the one operation without a session, and the one that takes a form. */
import type { Route } from "../core/workload.ts";
import { checkAnswer, checkRequest } from "./schema.ts";
import { antiforgeryCookie, issueTokens, tokenRequestOf } from "./sign-in.ts";

const NAME = "POST /v8/token";

export const tokenRoute: Route = {
  method: "POST",
  path: "/v8/token",
  handle: (call) => {
    const body = tokenRequestOf(call.body);
    checkRequest(NAME, { query: call.query, body });
    const tokens = issueTokens({ ...call, body });
    const cookie = antiforgeryCookie(call, tokens.access_token);
    const status = checkAnswer(NAME, tokens);
    return {
      status,
      body: tokens,
      ...(cookie !== undefined && { headers: { "set-cookie": cookie } }),
    };
  },
};
