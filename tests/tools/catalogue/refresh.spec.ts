import assert from "node:assert/strict";
import type { CatalogueFile } from "../../../tools/catalogue/catalogue-file";
import { MissingTypesError, refreshCatalogue } from "../../../tools/catalogue/refresh";
import { answer, recordedAws } from "./recorded-aws";

const before: CatalogueFile = {
  source: {
    pricedOn: "2026-07-20",
    specifications: "an earlier answer",
    prices: "an earlier price list",
    enis: "network interfaces of the instance",
    trunkedTasks: "tasks with trunking",
  },
  instanceTypes: [
    {
      instanceType: "m7g.large",
      architecture: "arm64",
      vCpus: 2,
      memoryMiB: 8192,
      enis: 3,
      trunkedTasks: 10,
      burstable: false,
      usdPerHour: 0.0816,
    },
    {
      instanceType: "t4g.small",
      architecture: "arm64",
      vCpus: 2,
      memoryMiB: 2048,
      enis: 3,
      trunkedTasks: null,
      burstable: true,
      usdPerHour: 0.0168,
    },
  ],
};

const options = { region: "us-east-1", added: [], today: "2026-11-24" };

describe("refreshCatalogue", () => {
  it("takes the figures and prices of AWS from all pages and says what changed", async () => {
    const aws = recordedAws();
    const { catalogue, changes, notes } = await refreshCatalogue(before, {
      ...options,
      run: aws.run,
    });

    assert.deepEqual(changes, ["m7g.large: usdPerHour 0.0816 → 0.085"]);
    assert.deepEqual(notes, []);
    const [m7g, t4g] = before.instanceTypes;
    assert.ok(m7g && t4g);
    assert.deepEqual(catalogue.instanceTypes, [{ ...m7g, usdPerHour: 0.085 }, t4g]);
    assert.deepEqual(catalogue.source, {
      pricedOn: "2026-11-21",
      specifications: "EC2 DescribeInstanceTypes of us-east-1 on 2026-11-24",
      prices:
        "us-east-1 Linux On-Demand, USD per hour, from the AWS Price List Query API on 2026-11-24, published 2026-11-21",
      enis: "network interfaces of the instance",
      trunkedTasks: "tasks with trunking",
    });
    assert.deepEqual(
      aws.calls.map((args) => args.join(" ")),
      [
        "ec2 describe-instance-types --region us-east-1 --filters Name=instance-type,Values=m7g.large,t4g.small --no-paginate --max-results 100",
        "ec2 describe-instance-types --region us-east-1 --filters Name=instance-type,Values=m7g.large,t4g.small --no-paginate --max-results 100 --next-token eyJ2IjoiMiIsInMiOiIxIn0=",
        "pricing get-products --region us-east-1 --service-code AmazonEC2 --filters Type=TERM_MATCH,Field=regionCode,Value=us-east-1 Type=TERM_MATCH,Field=operatingSystem,Value=Linux Type=TERM_MATCH,Field=tenancy,Value=Shared Type=TERM_MATCH,Field=preInstalledSw,Value=NA Type=TERM_MATCH,Field=capacitystatus,Value=Used Type=TERM_MATCH,Field=licenseModel,Value=No License required Type=TERM_MATCH,Field=marketoption,Value=OnDemand --no-paginate --max-results 100",
        "pricing get-products --region us-east-1 --service-code AmazonEC2 --filters Type=TERM_MATCH,Field=regionCode,Value=us-east-1 Type=TERM_MATCH,Field=operatingSystem,Value=Linux Type=TERM_MATCH,Field=tenancy,Value=Shared Type=TERM_MATCH,Field=preInstalledSw,Value=NA Type=TERM_MATCH,Field=capacitystatus,Value=Used Type=TERM_MATCH,Field=licenseModel,Value=No License required Type=TERM_MATCH,Field=marketoption,Value=OnDemand --no-paginate --max-results 100 --next-token BkbK1hDGvVw8P0Sx:2",
      ],
    );
  });

  it("adds types, and says what a person has to complete", async () => {
    const { catalogue, changes, notes } = await refreshCatalogue(before, {
      ...options,
      run: recordedAws().run,
      added: ["c7g.xlarge", "m7g.large"],
    });

    assert.deepEqual(catalogue.instanceTypes[2], {
      instanceType: "c7g.xlarge",
      architecture: "arm64",
      vCpus: 4,
      memoryMiB: 8192,
      enis: 4,
      trunkedTasks: null,
      burstable: false,
      usdPerHour: 0.145,
    });
    assert.equal(catalogue.instanceTypes.length, 3);
    assert.equal(changes[1], "c7g.xlarge: new, 0.145 USD an hour");
    assert.deepEqual(notes, [
      "c7g.xlarge: no API tells trunkedTasks; set it to branch interfaces + interfaces - 2 of https://github.com/aws/amazon-vpc-resource-controller-k8s/blob/master/pkg/aws/vpc/limits.go where the type has trunking",
    ]);
  });

  it("knows both architectures and what is burstable", async () => {
    const { catalogue } = await refreshCatalogue(before, {
      ...options,
      run: recordedAws().run,
      added: ["t3.micro"],
    });

    const { architecture, burstable } = catalogue.instanceTypes[2] ?? {};
    assert.deepEqual([architecture, burstable], ["x86_64", true]);
  });

  it("refuses types that EC2 or the price list lacks", async () => {
    await assert.rejects(
      refreshCatalogue(before, { ...options, run: recordedAws().run, added: ["m9z.large"] }),
      new MissingTypesError(
        "EC2 in us-east-1 does not know: m9z.large; check the names, choose another region, or remove them from the file",
      ),
    );
    const none = '{"FormatVersion":"aws_v1","PriceList":[]}';
    await assert.rejects(
      refreshCatalogue(before, { ...options, run: recordedAws({ "get-products-2": none }).run }),
      new MissingTypesError(
        "the price list of us-east-1 has no Linux On-Demand price of: t4g.small; check the names, choose another region, or remove them from the file",
      ),
    );
  });

  it("refuses two prices of one type, and one that is none", async () => {
    const changed = (from: string, to: string) =>
      recordedAws({ "get-products-2": answer("get-products-2").replaceAll(from, to) }).run;
    await assert.rejects(
      refreshCatalogue(before, { ...options, run: changed("c7g.xlarge", "m7g.large") }),
      new RangeError(
        "the price list has two prices of m7g.large in us-east-1, 0.085 and 0.145 USD",
      ),
    );
    await assert.rejects(
      refreshCatalogue(before, { ...options, run: changed("0.1450000000", "0.0000000000") }),
      new RangeError(
        "the price list has 1 prices of c7g.xlarge, and not one above 0 USD an hour alone",
      ),
    );
  });
});
