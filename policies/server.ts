/**
 * The engine's analyzer protocol on top of the rules: the only file here that knows gRPC. @pulumi/policy is not
 * used: its pack can only be a process of its own, and a rule that meets an unknown is mere advice to it.
 * Source: @pulumi/pulumi 3.250 proto/analyzer_pb (checked 2026-11-22).
 */
import grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import { inTwoLines } from "../core/language.ts";
import { decode, listenOnLoopback } from "../provider/index.ts";
import { knownOnly } from "./known-values.ts";
import type { PolicyPack } from "./pack.ts";
import { violationsOf } from "./rule.ts";
import type { RuleResource } from "./rule.ts";

export interface PolicyServer {
  /** Loopback port, which the engine reads from the output of the plugin that it starts. */
  readonly port: number;
  close(): Promise<void>;
}

/** One request holds all resources of a stack. */
const LARGEST_REQUEST_BYTES = 400 * 1024 * 1024;

/** Serves a policy pack on a free loopback port. */
export async function servePolicies(pack: PolicyPack): Promise<PolicyServer> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": LARGEST_REQUEST_BYTES });
  const { AnalyzerService } = analyzerGrpc;
  server.addService(
    {
      ...AnalyzerService,
      // One call of each for every resource; all rules look at the whole stack, so what it holds is not read.
      analyze: { ...AnalyzerService.analyze, requestDeserialize: unread },
      remediate: { ...AnalyzerService.remediate, requestDeserialize: unread },
    },
    {
      handshake: unary(() => new proto.AnalyzerHandshakeResponse()),
      getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion(pack.version)),
      getAnalyzerInfo: unary(() => analyzerInfo(pack)),
      configureStack: unary(() => new proto.AnalyzerStackConfigureResponse()),
      analyze: unary(() => new proto.AnalyzeResponse()),
      remediate: unary(() => new proto.RemediateResponse()),
      analyzeStack: unary((request: proto.AnalyzeStackRequest) => analyzeStack(pack, request)),
      cancel: unary(() => new emptyProto.Empty()),
    },
  );
  const port = await listenOnLoopback(server);
  return {
    port,
    close: () => {
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

const unread = (): proto.AnalyzeRequest => new proto.AnalyzeRequest();

/** Takes no configuration: with one, rules could be switched off. */
function analyzerInfo({ name, version, rules }: PolicyPack): proto.AnalyzerInfo {
  const policies = rules.map((rule) =>
    new proto.PolicyInfo()
      .setName(rule.name)
      .setDescription(rule.description)
      .setEnforcementlevel(proto.EnforcementLevel.MANDATORY)
      .setPolicyType(proto.PolicyType.POLICY_TYPE_STACK),
  );
  return new proto.AnalyzerInfo()
    .setName(name)
    .setVersion(version)
    .setSupportsconfig(false)
    .setPoliciesList(policies);
}

function analyzeStack(pack: PolicyPack, request: proto.AnalyzeStackRequest): proto.AnalyzeResponse {
  const resources = request.getResourcesList().map((resource): RuleResource => {
    const properties = resource.getProperties()?.toJavaScript() ?? {};
    return {
      type: resource.getType(),
      urn: resource.getUrn(),
      name: resource.getName(),
      props: knownOnly(decode(properties).values),
    };
  });
  const diagnostics = pack.rules.flatMap((rule) =>
    violationsOf(rule, resources).map(({ message, urn }) =>
      new proto.AnalyzeDiagnostic()
        .setPolicyname(rule.name)
        .setPolicypackname(pack.name)
        .setPolicypackversion(pack.version)
        .setDescription(rule.description)
        .setMessage(inTwoLines(message))
        .setEnforcementlevel(proto.EnforcementLevel.MANDATORY)
        .setUrn(urn),
    ),
  );
  return new proto.AnalyzeResponse().setDiagnosticsList(diagnostics);
}

/** A rule that breaks is an error to the engine, which then stops: never a rule that found nothing. */
function unary<Request, Response>(
  handle: (request: Request) => Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    try {
      callback(null, handle(call.request));
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      callback({ code: grpc.status.UNKNOWN, message });
    }
  };
}
