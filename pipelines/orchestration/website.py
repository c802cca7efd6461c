"""The site as one asset: rendered, verified, switched.

Belongs here: what Dagster shows of a release. Does not belong here: rendering (`site`).
"""

# Annotations are evaluated here: Dagster reads the real types of `context` and of resources.

import dagster as dg

from pipelines.marts import MARTS
from pipelines.orchestration.build import Build, in_words


@dg.asset(
    deps=[dg.AssetKey(["marts", mart.name]) for mart in MARTS],
    group_name="site",
    kinds={"html"},
    description="The bilingual site, verified and switched; the previous one stays live until then.",
)
def website(context: dg.AssetExecutionContext, build: Build) -> dg.MaterializeResult[None]:
    """Render the marts, verify the result and make it the current release."""
    with in_words():
        record = build.attempt.publish()
    context.log.info(f"{record.site} shows build {record.build_id}")
    return dg.MaterializeResult(
        metadata={
            "build": record.build_id,
            "site": dg.MetadataValue.path(record.site),
            "pages": record.pages,
            "rewritten_pages": record.rewritten_pages,
            "stages": dg.MetadataValue.json(dict(record.stages)),
        }
    )
