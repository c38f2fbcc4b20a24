WITH "t14" AS (
  SELECT
    *
  FROM (
    SELECT
      "t12"."file",
      "t12"."width",
      "t12"."id",
      "t12"."source",
      "t12"."target",
      "t12"."mentions",
      "t12"."sources",
      "t12"."articles",
      "t12"."on" AS "day",
      IF("t12"."width" = 57, "t12"."on", "t12"."arrived") AS "known",
      "t12"."class_" AS "quad",
      "t12"."mentions" * "t12"."tenths" AS "weight",
      CASE
        WHEN NOT (
          "t12"."width" IN (57, 58, 61)
        )
        THEN 'columns'
        WHEN "t12"."code" IN ('', '---')
        THEN 'code'
        WHEN NOT (
          COALESCE(
            "t12"."whole"
            AND IF(
              COALESCE("t12"."score" = "t12"."usual", FALSE),
              TRUE,
              REGEXP_LIKE("t12"."score", '^(-?[0-9]+(\.[0-9]+)?)?$')
            )
            AND (
              "t12"."id" >= 0
            )
            AND (
              "t12"."mentions" >= 0
            )
            AND (
              "t12"."sources" >= 0
            )
            AND (
              "t12"."articles" >= 0
            )
            AND "t12"."given" BETWEEN 1 AND 4
            AND STARTS_WITH("t12"."code", "t12"."root")
            AND LENGTH("t12"."source") IN (0, 3)
            AND LENGTH("t12"."target") IN (0, 3),
            FALSE
          )
        )
        THEN 'shifted'
        WHEN (
          "t12"."on" IS NULL
        ) OR (
          "t12"."arrived" IS NULL
        )
        THEN 'date'
        WHEN NOT (
          COALESCE(
            (
              LENGTH("t12"."month") = 6
            )
            AND (
              LENGTH("t12"."year") = 4
            )
            AND STARTS_WITH("t12"."day", "t12"."month")
            AND STARTS_WITH("t12"."month", "t12"."year"),
            FALSE
          )
        )
        THEN 'shifted'
        WHEN NOT (
          COALESCE(
            (
              "t12"."on" <= "t12"."arrived"
            )
            AND (
              "t12"."arrived" <= FROM_ISO8601_DATE('2018-11-20')
            ),
            FALSE
          )
        )
        THEN 'future'
        WHEN "t12"."tenths" IS NULL
        THEN 'code'
        WHEN NOT (
          COALESCE(
            IF(
              COALESCE("t12"."score" = "t12"."usual", FALSE),
              TRUE,
              ABS((
                TRY_CAST("t12"."score" AS DOUBLE) * 10
              ) - "t12"."tenths") < CAST(0.5 AS DOUBLE)
            ),
            FALSE
          )
        )
        THEN 'score'
        ELSE ''
      END AS "fault"
    FROM (
      SELECT
        "t11"."file",
        "t11"."width",
        "t11"."id",
        "t11"."day",
        "t11"."month",
        "t11"."year",
        "t11"."source",
        "t11"."target",
        "t11"."code",
        "t11"."root",
        "t11"."quad",
        "t11"."score",
        "t11"."mentions",
        "t11"."sources",
        "t11"."articles",
        "t11"."added_first",
        "t11"."added_second",
        "t11"."on",
        "t11"."added",
        "t11"."whole",
        "t11"."arrived",
        "t11"."given",
        "t8"."coded",
        "t8"."tenths",
        "t8"."class_",
        "t8"."usual"
      FROM (
        SELECT
          "t9"."file",
          "t9"."width",
          TRY_CAST("t9"."id" AS BIGINT) AS "id",
          "t9"."day",
          "t9"."month",
          "t9"."year",
          "t9"."source",
          "t9"."target",
          "t9"."code",
          "t9"."root",
          "t9"."quad",
          "t9"."score",
          TRY_CAST("t9"."mentions" AS BIGINT) AS "mentions",
          TRY_CAST("t9"."sources" AS BIGINT) AS "sources",
          TRY_CAST("t9"."articles" AS BIGINT) AS "articles",
          "t9"."added_first",
          "t9"."added_second",
          "t9"."on",
          "t9"."added",
          "t9"."whole",
          IF(
            STARTS_WITH("t9"."added", "t9"."day"),
            "t9"."on",
            TRY_CAST(IF(
              LENGTH(
                SUBSTR("t9"."added", IF((
                  0 + 1
                ) >= 1, 0 + 1, 0 + 1 + LENGTH("t9"."added")), 8)
              ) = 8,
              CONCAT(
                CONCAT(
                  CONCAT(
                    CONCAT(
                      SUBSTR(
                        SUBSTR("t9"."added", IF((
                          0 + 1
                        ) >= 1, 0 + 1, 0 + 1 + LENGTH("t9"."added")), 8),
                        IF(
                          (
                            0 + 1
                          ) >= 1,
                          0 + 1,
                          0 + 1 + LENGTH(
                            SUBSTR("t9"."added", IF((
                              0 + 1
                            ) >= 1, 0 + 1, 0 + 1 + LENGTH("t9"."added")), 8)
                          )
                        ),
                        4
                      ),
                      '-'
                    ),
                    SUBSTR(
                      SUBSTR("t9"."added", IF((
                        0 + 1
                      ) >= 1, 0 + 1, 0 + 1 + LENGTH("t9"."added")), 8),
                      IF(
                        (
                          4 + 1
                        ) >= 1,
                        4 + 1,
                        4 + 1 + LENGTH(
                          SUBSTR("t9"."added", IF((
                            0 + 1
                          ) >= 1, 0 + 1, 0 + 1 + LENGTH("t9"."added")), 8)
                        )
                      ),
                      2
                    )
                  ),
                  '-'
                ),
                SUBSTR(
                  SUBSTR("t9"."added", IF((
                    0 + 1
                  ) >= 1, 0 + 1, 0 + 1 + LENGTH("t9"."added")), 8),
                  IF(
                    (
                      6 + 1
                    ) >= 1,
                    6 + 1,
                    6 + 1 + LENGTH(
                      SUBSTR("t9"."added", IF((
                        0 + 1
                      ) >= 1, 0 + 1, 0 + 1 + LENGTH("t9"."added")), 8)
                    )
                  ),
                  2
                )
              ),
              CAST(NULL AS VARCHAR)
            ) AS DATE)
          ) AS "arrived",
          TRY_CAST("t9"."quad" AS INTEGER) AS "given"
        FROM (
          SELECT
            'table' AS "file",
            61 AS "width",
            CAST("t1"."GLOBALEVENTID" AS VARCHAR) AS "id",
            CAST("t1"."SQLDATE" AS VARCHAR) AS "day",
            CAST("t1"."MonthYear" AS VARCHAR) AS "month",
            CAST("t1"."Year" AS VARCHAR) AS "year",
            COALESCE("t1"."Actor1CountryCode", '') AS "source",
            COALESCE("t1"."Actor2CountryCode", '') AS "target",
            COALESCE("t1"."EventCode", '') AS "code",
            "t1"."EventRootCode" AS "root",
            CAST("t1"."QuadClass" AS VARCHAR) AS "quad",
            CAST("t1"."GoldsteinScale" AS VARCHAR) AS "score",
            CAST("t1"."NumMentions" AS VARCHAR) AS "mentions",
            CAST("t1"."NumSources" AS VARCHAR) AS "sources",
            CAST("t1"."NumArticles" AS VARCHAR) AS "articles",
            CAST("t1"."DATEADDED" AS VARCHAR) AS "added_first",
            CAST("t1"."DATEADDED" AS VARCHAR) AS "added_second",
            TRY_CAST(IF(
              LENGTH(CAST("t1"."SQLDATE" AS VARCHAR)) = 8,
              CONCAT(
                CONCAT(
                  CONCAT(
                    CONCAT(
                      SUBSTR(
                        CAST("t1"."SQLDATE" AS VARCHAR),
                        IF((
                          0 + 1
                        ) >= 1, 0 + 1, 0 + 1 + LENGTH(CAST("t1"."SQLDATE" AS VARCHAR))),
                        4
                      ),
                      '-'
                    ),
                    SUBSTR(
                      CAST("t1"."SQLDATE" AS VARCHAR),
                      IF((
                        4 + 1
                      ) >= 1, 4 + 1, 4 + 1 + LENGTH(CAST("t1"."SQLDATE" AS VARCHAR))),
                      2
                    )
                  ),
                  '-'
                ),
                SUBSTR(
                  CAST("t1"."SQLDATE" AS VARCHAR),
                  IF((
                    6 + 1
                  ) >= 1, 6 + 1, 6 + 1 + LENGTH(CAST("t1"."SQLDATE" AS VARCHAR))),
                  2
                )
              ),
              CAST(NULL AS VARCHAR)
            ) AS DATE) AS "on",
            IF(61 = 61, CAST("t1"."DATEADDED" AS VARCHAR), CAST("t1"."DATEADDED" AS VARCHAR)) AS "added",
            REGEXP_LIKE(
              CONCAT(
                CONCAT(
                  CONCAT(
                    CONCAT(CAST("t1"."GLOBALEVENTID" AS VARCHAR), CAST("t1"."NumMentions" AS VARCHAR)),
                    CAST("t1"."NumSources" AS VARCHAR)
                  ),
                  CAST("t1"."NumArticles" AS VARCHAR)
                ),
                CAST("t1"."QuadClass" AS VARCHAR)
              ),
              '^[0-9]+$'
            ) AS "whole"
          FROM "gdelt-bq"."gdeltv2"."events" AS "t1"
        ) AS "t9"
      ) AS "t11"
      LEFT OUTER JOIN (
        SELECT
          "t2"."code" AS "coded",
          "t2"."tenths",
          "t2"."quad" AS "class_",
          CAST(CAST("t2"."tenths" AS DOUBLE) / 10 AS VARCHAR) AS "usual"
        FROM "cameo" AS "t2"
      ) AS "t8"
        ON "t11"."code" = "t8"."coded"
    ) AS "t12"
  ) AS "t13"
  WHERE
    "t13"."fault" = ''
), "t30" AS (
  SELECT
    "t29"."known",
    "t29"."day",
    "t29"."source",
    "t29"."target",
    SUM("t29"."events") AS "events",
    SUM("t29"."verbal_cooperation") AS "verbal_cooperation",
    SUM("t29"."material_cooperation") AS "material_cooperation",
    SUM("t29"."verbal_conflict") AS "verbal_conflict",
    SUM("t29"."material_conflict") AS "material_conflict",
    SUM("t29"."mentions") AS "mentions",
    SUM("t29"."sources") AS "sources",
    SUM("t29"."articles") AS "articles",
    SUM("t29"."weight") AS "weight"
  FROM (
    SELECT
      "t28"."known",
      "t28"."day",
      COALESCE("t28"."from_", '') AS "source",
      COALESCE("t28"."to", '') AS "target",
      "t28"."events",
      "t28"."verbal_cooperation",
      "t28"."material_cooperation",
      "t28"."verbal_conflict",
      "t28"."material_conflict",
      "t28"."mentions",
      "t28"."sources",
      "t28"."articles",
      "t28"."weight",
      "t28"."from_code",
      "t28"."from_",
      "t28"."to_code",
      "t28"."to"
    FROM (
      SELECT
        "t27"."known",
        "t27"."day",
        "t27"."source",
        "t27"."target",
        "t27"."events",
        "t27"."verbal_cooperation",
        "t27"."material_cooperation",
        "t27"."verbal_conflict",
        "t27"."material_conflict",
        "t27"."mentions",
        "t27"."sources",
        "t27"."articles",
        "t27"."weight",
        "t5"."from_code",
        "t5"."from_",
        "t6"."to_code",
        "t6"."to"
      FROM (
        SELECT
          "t25"."known",
          "t25"."day",
          "t25"."source",
          "t25"."target",
          COUNT(*) AS "events",
          SUM(IF("t25"."quad" = 1, 1, 0)) AS "verbal_cooperation",
          SUM(IF("t25"."quad" = 2, 1, 0)) AS "material_cooperation",
          SUM(IF("t25"."quad" = 3, 1, 0)) AS "verbal_conflict",
          SUM(IF("t25"."quad" = 4, 1, 0)) AS "material_conflict",
          SUM("t25"."mentions") AS "mentions",
          SUM("t25"."sources") AS "sources",
          SUM("t25"."articles") AS "articles",
          SUM("t25"."weight") AS "weight"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t16"."file",
              "t16"."width",
              "t16"."id",
              "t16"."source",
              "t16"."target",
              "t16"."mentions",
              "t16"."sources",
              "t16"."articles",
              "t16"."day",
              "t16"."known",
              "t16"."quad",
              "t16"."weight",
              "t16"."fault"
            FROM "t14" AS "t16"
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t15"."id",
                      COUNT(*) AS "n"
                    FROM "t14" AS "t15"
                    GROUP BY
                      1
                  ) AS "t17"
                  WHERE
                    "t17"."n" > 1
                ) AS "t19"
                WHERE
                  "t16"."id" = "t19"."id"
              )
          ) AS "t20"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t23"."file",
              "t23"."width",
              "t23"."id",
              "t23"."source",
              "t23"."target",
              "t23"."mentions",
              "t23"."sources",
              "t23"."articles",
              "t23"."day",
              "t23"."known",
              "t23"."quad",
              "t23"."weight",
              "t23"."fault"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t21"."file",
                  "t21"."width",
                  "t21"."id",
                  "t21"."source",
                  "t21"."target",
                  "t21"."mentions",
                  "t21"."sources",
                  "t21"."articles",
                  "t21"."day",
                  "t21"."known",
                  "t21"."quad",
                  "t21"."weight",
                  "t21"."fault",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t21"."id"
                    ORDER BY "t21"."known" ASC, "t21"."day" ASC, "t21"."source" ASC, "t21"."target" ASC, "t21"."quad" ASC, "t21"."weight" ASC, "t21"."mentions" ASC, "t21"."sources" ASC, "t21"."articles" ASC, "t21"."file" ASC
                  ) - 1 AS "nth"
                FROM (
                  SELECT
                    "t16"."file",
                    "t16"."width",
                    "t16"."id",
                    "t16"."source",
                    "t16"."target",
                    "t16"."mentions",
                    "t16"."sources",
                    "t16"."articles",
                    "t16"."day",
                    "t16"."known",
                    "t16"."quad",
                    "t16"."weight",
                    "t16"."fault"
                  FROM "t14" AS "t16"
                  WHERE
                    EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t15"."id",
                            COUNT(*) AS "n"
                          FROM "t14" AS "t15"
                          GROUP BY
                            1
                        ) AS "t17"
                        WHERE
                          "t17"."n" > 1
                      ) AS "t19"
                      WHERE
                        "t16"."id" = "t19"."id"
                    )
                ) AS "t21"
              ) AS "t22"
              WHERE
                "t22"."nth" = 0
            ) AS "t23"
          ) AS "t24"
        ) AS "t25"
        GROUP BY
          1,
          2,
          3,
          4
      ) AS "t27"
      LEFT OUTER JOIN (
        SELECT
          "t0"."code" AS "from_code",
          "t0"."iso3" AS "from_"
        FROM "actors" AS "t0"
      ) AS "t5"
        ON "t27"."source" = "t5"."from_code"
      LEFT OUTER JOIN (
        SELECT
          "t0"."code" AS "to_code",
          "t0"."iso3" AS "to"
        FROM "actors" AS "t0"
      ) AS "t6"
        ON "t27"."target" = "t6"."to_code"
    ) AS "t28"
  ) AS "t29"
  GROUP BY
    1,
    2,
    3,
    4
)
SELECT
  *
FROM (
  SELECT
    "t38"."day",
    "t38"."a",
    "t38"."b",
    "t38"."events",
    "t38"."verbal_cooperation",
    "t38"."material_cooperation",
    "t38"."verbal_conflict",
    "t38"."material_conflict",
    "t38"."mentions",
    "t38"."sources",
    "t38"."articles",
    CAST(CAST(FLOOR(
      (
        (
          CAST("t38"."weight" AS DOUBLE) / IF("t38"."mentions" > 0, "t38"."mentions" * 10, CAST(NULL AS BIGINT))
        ) * 10000
      ) + CAST(0.5 AS DOUBLE)
    ) AS BIGINT) AS DOUBLE) / 10000 AS "goldstein",
    "t35"."day_events",
    "t35"."day_mentions",
    CAST(CAST(FLOOR(
      (
        (
          CAST((
            "t38"."events" * 1000000
          ) AS DOUBLE) / "t35"."day_events"
        ) * 10000
      ) + CAST(0.5 AS DOUBLE)
    ) AS BIGINT) AS DOUBLE) / 10000 AS "per_million"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t34"."day",
        "t34"."a",
        "t34"."b",
        SUM("t34"."events") AS "events",
        SUM("t34"."verbal_cooperation") AS "verbal_cooperation",
        SUM("t34"."material_cooperation") AS "material_cooperation",
        SUM("t34"."verbal_conflict") AS "verbal_conflict",
        SUM("t34"."material_conflict") AS "material_conflict",
        SUM("t34"."mentions") AS "mentions",
        SUM("t34"."sources") AS "sources",
        SUM("t34"."articles") AS "articles",
        SUM("t34"."weight") AS "weight"
      FROM (
        SELECT
          "t31"."known",
          "t31"."day",
          "t31"."source",
          "t31"."target",
          "t31"."events",
          "t31"."verbal_cooperation",
          "t31"."material_cooperation",
          "t31"."verbal_conflict",
          "t31"."material_conflict",
          "t31"."mentions",
          "t31"."sources",
          "t31"."articles",
          "t31"."weight",
          LEAST("t31"."source", "t31"."target") AS "a",
          GREATEST("t31"."source", "t31"."target") AS "b"
        FROM "t30" AS "t31"
        WHERE
          "t31"."day" >= FROM_ISO8601_DATE('2018-01-01')
          AND "t31"."day" <= FROM_ISO8601_DATE('2018-11-20')
          AND "t31"."known" <= FROM_ISO8601_DATE('2018-11-20')
          AND "t31"."source" <> ''
          AND "t31"."target" <> ''
          AND "t31"."source" <> "t31"."target"
          AND CONCAT(
            CONCAT(LEAST("t31"."source", "t31"."target"), '-'),
            GREATEST("t31"."source", "t31"."target")
          ) IN ('CHN-USA', 'RUS-USA')
      ) AS "t34"
      GROUP BY
        1,
        2,
        3
    ) AS "t36"
  ) AS "t38"
  INNER JOIN (
    SELECT
      "t32"."day",
      SUM("t32"."events") AS "day_events",
      SUM("t32"."mentions") AS "day_mentions"
    FROM (
      SELECT
        *
      FROM "t30" AS "t31"
      WHERE
        "t31"."day" >= FROM_ISO8601_DATE('2018-01-01')
        AND "t31"."day" <= FROM_ISO8601_DATE('2018-11-20')
        AND "t31"."known" <= FROM_ISO8601_DATE('2018-11-20')
    ) AS "t32"
    GROUP BY
      1
  ) AS "t35"
    ON "t38"."day" = "t35"."day"
) AS "t39"
ORDER BY
  "t39"."day" ASC,
  "t39"."a" ASC,
  "t39"."b" ASC
