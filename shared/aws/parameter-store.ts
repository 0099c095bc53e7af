import { signedCall } from './signed-call.ts';

/** Parameters of Systems Manager, as far as functions read them. */
export interface ParameterStore {
  /** The values of all parameters below a path, in the order of their names. @throws Error when SSM refuses */
  readonly below: (path: string) => Promise<readonly string[]>;
}

interface Page {
  readonly Parameters?: readonly { readonly Name: string; readonly Value: string }[];
  readonly NextToken?: string;
}

export function parameterStore(env: NodeJS.ProcessEnv): ParameterStore {
  const page = async (Path: string, NextToken: string | undefined): Promise<Page> => {
    const input = { Path, Recursive: true, ...(NextToken !== undefined && { NextToken }) };
    const { status, text } = await signedCall(env, {
      ...{ service: 'ssm', target: 'AmazonSSM.GetParametersByPath', input },
    });
    if (status !== 200) throw new Error(`reading parameters below ${Path}: ${status} ${text}`);
    return JSON.parse(text) as Page;
  };

  return {
    async below(path) {
      const values: string[] = [];
      let token: string | undefined;
      do {
        const { Parameters = [], NextToken } = await page(path, token);
        values.push(...Parameters.map(({ Value }) => Value));
        token = NextToken;
      } while (token !== undefined);
      return values;
    },
  };
}
