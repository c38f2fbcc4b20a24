WITH `t15` AS (
  SELECT
    *
  FROM (
    SELECT
      `t13`.`file`,
      `t13`.`width`,
      `t13`.`id`,
      `t13`.`source`,
      `t13`.`target`,
      `t13`.`mentions`,
      `t13`.`sources`,
      `t13`.`articles`,
      `t13`.`on` AS `day`,
      IF(`t13`.`width` = 57, `t13`.`on`, `t13`.`arrived`) AS `known`,
      `t13`.`class_` AS `quad`,
      `t13`.`mentions` * `t13`.`tenths` AS `weight`,
      CASE
        WHEN NOT (
          `t13`.`width` IN (57, 58, 61)
        )
        THEN 'columns'
        WHEN `t13`.`code` IN ('', '---')
        THEN 'code'
        WHEN NOT (
          COALESCE(
            `t13`.`plain`
            AND (
              `t13`.`id` >= 0
            )
            AND (
              `t13`.`mentions` >= 0
            )
            AND (
              `t13`.`sources` >= 0
            )
            AND (
              `t13`.`articles` >= 0
            )
            AND `t13`.`given` BETWEEN 1 AND 4
            AND STARTS_WITH(`t13`.`code`, `t13`.`root`)
            AND LENGTH(`t13`.`source`) IN (0, 3)
            AND LENGTH(`t13`.`target`) IN (0, 3),
            FALSE
          )
        )
        THEN 'shifted'
        WHEN (
          `t13`.`on` IS NULL
        ) OR (
          `t13`.`arrived` IS NULL
        )
        THEN 'date'
        WHEN NOT (
          COALESCE(
            (
              SUBSTRING(`t13`.`day`, IF((
                0 + 1
              ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t13`.`day`)), 6) = `t13`.`month`
            )
            AND (
              SUBSTRING(`t13`.`day`, IF((
                0 + 1
              ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t13`.`day`)), 4) = `t13`.`year`
            ),
            FALSE
          )
        )
        THEN 'shifted'
        WHEN NOT (
          COALESCE(
            (
              `t13`.`on` <= `t13`.`arrived`
            )
            AND (
              `t13`.`arrived` <= DATE(2018, 11, 20)
            ),
            FALSE
          )
        )
        THEN 'future'
        WHEN `t13`.`tenths` IS NULL
        THEN 'code'
        WHEN NOT (
          COALESCE(ABS((
            `t13`.`score` * 10
          ) - `t13`.`tenths`) < 0.5, FALSE)
        )
        THEN 'score'
        ELSE ''
      END AS `fault`
    FROM (
      SELECT
        `t12`.`file`,
        `t12`.`width`,
        SAFE_CAST(`t12`.`id` AS INT64) AS `id`,
        `t12`.`day`,
        `t12`.`month`,
        `t12`.`year`,
        `t12`.`source`,
        `t12`.`target`,
        `t12`.`code`,
        `t12`.`root`,
        `t12`.`quad`,
        SAFE_CAST(`t12`.`score` AS FLOAT64) AS `score`,
        SAFE_CAST(`t12`.`mentions` AS INT64) AS `mentions`,
        SAFE_CAST(`t12`.`sources` AS INT64) AS `sources`,
        SAFE_CAST(`t12`.`articles` AS INT64) AS `articles`,
        `t12`.`added_first`,
        `t12`.`added_second`,
        `t12`.`coded`,
        `t12`.`tenths`,
        `t12`.`class_`,
        `t12`.`on`,
        `t12`.`added`,
        `t12`.`plain`,
        IF(
          `t12`.`added` = `t12`.`day`,
          `t12`.`on`,
          SAFE_CAST(IF(
            LENGTH(`t12`.`added`) = 8,
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    SUBSTRING(`t12`.`added`, IF((
                      0 + 1
                    ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t12`.`added`)), 4),
                    '-'
                  ),
                  SUBSTRING(`t12`.`added`, IF((
                    4 + 1
                  ) >= 1, 4 + 1, 4 + 1 + LENGTH(`t12`.`added`)), 2)
                ),
                '-'
              ),
              SUBSTRING(`t12`.`added`, IF((
                6 + 1
              ) >= 1, 6 + 1, 6 + 1 + LENGTH(`t12`.`added`)), 2)
            ),
            CAST(NULL AS STRING)
          ) AS DATE)
        ) AS `arrived`,
        SAFE_CAST(`t12`.`quad` AS INT64) AS `given`
      FROM (
        SELECT
          `t11`.`file`,
          `t11`.`width`,
          `t11`.`id`,
          `t11`.`day`,
          `t11`.`month`,
          `t11`.`year`,
          `t11`.`source`,
          `t11`.`target`,
          `t11`.`code`,
          `t11`.`root`,
          `t11`.`quad`,
          `t11`.`score`,
          `t11`.`mentions`,
          `t11`.`sources`,
          `t11`.`articles`,
          `t11`.`added_first`,
          `t11`.`added_second`,
          `t11`.`coded`,
          `t11`.`tenths`,
          `t11`.`class_`,
          SAFE_CAST(IF(
            LENGTH(`t11`.`day`) = 8,
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    SUBSTRING(`t11`.`day`, IF((
                      0 + 1
                    ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t11`.`day`)), 4),
                    '-'
                  ),
                  SUBSTRING(`t11`.`day`, IF((
                    4 + 1
                  ) >= 1, 4 + 1, 4 + 1 + LENGTH(`t11`.`day`)), 2)
                ),
                '-'
              ),
              SUBSTRING(`t11`.`day`, IF((
                6 + 1
              ) >= 1, 6 + 1, 6 + 1 + LENGTH(`t11`.`day`)), 2)
            ),
            CAST(NULL AS STRING)
          ) AS DATE) AS `on`,
          SUBSTRING(
            IF(`t11`.`width` = 61, `t11`.`added_second`, `t11`.`added_first`),
            IF(
              (
                0 + 1
              ) >= 1,
              0 + 1,
              0 + 1 + LENGTH(IF(`t11`.`width` = 61, `t11`.`added_second`, `t11`.`added_first`))
            ),
            8
          ) AS `added`,
          REGEXP_CONTAINS(
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(CONCAT(CONCAT(`t11`.`id`, `t11`.`mentions`), `t11`.`sources`), `t11`.`articles`),
                  `t11`.`quad`
                ),
                ';'
              ),
              `t11`.`score`
            ),
            '^[0-9]+;(-?[0-9]+(\\.[0-9]+)?)?$'
          ) AS `plain`
        FROM (
          SELECT
            `t10`.`file`,
            `t10`.`width`,
            `t10`.`id`,
            `t10`.`day`,
            `t10`.`month`,
            `t10`.`year`,
            `t10`.`source`,
            `t10`.`target`,
            `t10`.`code`,
            `t10`.`root`,
            `t10`.`quad`,
            `t10`.`score`,
            `t10`.`mentions`,
            `t10`.`sources`,
            `t10`.`articles`,
            `t10`.`added_first`,
            `t10`.`added_second`,
            `t9`.`coded`,
            `t9`.`tenths`,
            `t9`.`class_`
          FROM (
            SELECT
              'table' AS `file`,
              61 AS `width`,
              CAST(`t1`.`GLOBALEVENTID` AS STRING) AS `id`,
              CAST(`t1`.`SQLDATE` AS STRING) AS `day`,
              CAST(`t1`.`MonthYear` AS STRING) AS `month`,
              CAST(`t1`.`Year` AS STRING) AS `year`,
              COALESCE(`t1`.`Actor1CountryCode`, '') AS `source`,
              COALESCE(`t1`.`Actor2CountryCode`, '') AS `target`,
              COALESCE(`t1`.`EventCode`, '') AS `code`,
              `t1`.`EventRootCode` AS `root`,
              CAST(`t1`.`QuadClass` AS STRING) AS `quad`,
              CAST(`t1`.`GoldsteinScale` AS STRING) AS `score`,
              CAST(`t1`.`NumMentions` AS STRING) AS `mentions`,
              CAST(`t1`.`NumSources` AS STRING) AS `sources`,
              CAST(`t1`.`NumArticles` AS STRING) AS `articles`,
              CAST(`t1`.`DATEADDED` AS STRING) AS `added_first`,
              CAST(`t1`.`DATEADDED` AS STRING) AS `added_second`
            FROM `gdelt-bq`.`gdeltv2`.`events` AS `t1`
          ) AS `t10`
          LEFT OUTER JOIN (
            SELECT
              `t2`.`code` AS `coded`,
              `t2`.`tenths`,
              `t2`.`quad` AS `class_`
            FROM `cameo` AS `t2`
          ) AS `t9`
            ON `t10`.`code` = `t9`.`coded`
        ) AS `t11`
      ) AS `t12`
    ) AS `t13`
  ) AS `t14`
  WHERE
    `t14`.`fault` = ''
), `t31` AS (
  SELECT
    `t30`.`known`,
    `t30`.`day`,
    `t30`.`source`,
    `t30`.`target`,
    SUM(`t30`.`events`) AS `events`,
    SUM(`t30`.`verbal_cooperation`) AS `verbal_cooperation`,
    SUM(`t30`.`material_cooperation`) AS `material_cooperation`,
    SUM(`t30`.`verbal_conflict`) AS `verbal_conflict`,
    SUM(`t30`.`material_conflict`) AS `material_conflict`,
    SUM(`t30`.`mentions`) AS `mentions`,
    SUM(`t30`.`sources`) AS `sources`,
    SUM(`t30`.`articles`) AS `articles`,
    SUM(`t30`.`weight`) AS `weight`
  FROM (
    SELECT
      `t29`.`known`,
      `t29`.`day`,
      COALESCE(`t29`.`from_`, '') AS `source`,
      COALESCE(`t29`.`to`, '') AS `target`,
      `t29`.`events`,
      `t29`.`verbal_cooperation`,
      `t29`.`material_cooperation`,
      `t29`.`verbal_conflict`,
      `t29`.`material_conflict`,
      `t29`.`mentions`,
      `t29`.`sources`,
      `t29`.`articles`,
      `t29`.`weight`,
      `t29`.`from_code`,
      `t29`.`from_`,
      `t29`.`to_code`,
      `t29`.`to`
    FROM (
      SELECT
        `t28`.`known`,
        `t28`.`day`,
        `t28`.`source`,
        `t28`.`target`,
        `t28`.`events`,
        `t28`.`verbal_cooperation`,
        `t28`.`material_cooperation`,
        `t28`.`verbal_conflict`,
        `t28`.`material_conflict`,
        `t28`.`mentions`,
        `t28`.`sources`,
        `t28`.`articles`,
        `t28`.`weight`,
        `t6`.`from_code`,
        `t6`.`from_`,
        `t7`.`to_code`,
        `t7`.`to`
      FROM (
        SELECT
          `t26`.`known`,
          `t26`.`day`,
          `t26`.`source`,
          `t26`.`target`,
          COUNT(*) AS `events`,
          SUM(IF(`t26`.`quad` = 1, 1, 0)) AS `verbal_cooperation`,
          SUM(IF(`t26`.`quad` = 2, 1, 0)) AS `material_cooperation`,
          SUM(IF(`t26`.`quad` = 3, 1, 0)) AS `verbal_conflict`,
          SUM(IF(`t26`.`quad` = 4, 1, 0)) AS `material_conflict`,
          SUM(`t26`.`mentions`) AS `mentions`,
          SUM(`t26`.`sources`) AS `sources`,
          SUM(`t26`.`articles`) AS `articles`,
          SUM(`t26`.`weight`) AS `weight`
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t17`.`file`,
              `t17`.`width`,
              `t17`.`id`,
              `t17`.`source`,
              `t17`.`target`,
              `t17`.`mentions`,
              `t17`.`sources`,
              `t17`.`articles`,
              `t17`.`day`,
              `t17`.`known`,
              `t17`.`quad`,
              `t17`.`weight`,
              `t17`.`fault`
            FROM `t15` AS `t17`
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t16`.`id`,
                      COUNT(*) AS `n`
                    FROM `t15` AS `t16`
                    GROUP BY
                      1
                  ) AS `t18`
                  WHERE
                    `t18`.`n` > 1
                ) AS `t20`
                WHERE
                  `t17`.`id` = `t20`.`id`
              )
          ) AS `t21`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t24`.*
              EXCEPT (`nth`)
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t22`.`file`,
                  `t22`.`width`,
                  `t22`.`id`,
                  `t22`.`source`,
                  `t22`.`target`,
                  `t22`.`mentions`,
                  `t22`.`sources`,
                  `t22`.`articles`,
                  `t22`.`day`,
                  `t22`.`known`,
                  `t22`.`quad`,
                  `t22`.`weight`,
                  `t22`.`fault`,
                  ROW_NUMBER() OVER (
                    PARTITION BY `t22`.`id`
                    ORDER BY `t22`.`known` ASC, `t22`.`day` ASC, `t22`.`source` ASC, `t22`.`target` ASC, `t22`.`quad` ASC, `t22`.`weight` ASC, `t22`.`mentions` ASC, `t22`.`sources` ASC, `t22`.`articles` ASC, `t22`.`file` ASC
                  ) - 1 AS `nth`
                FROM (
                  SELECT
                    `t17`.`file`,
                    `t17`.`width`,
                    `t17`.`id`,
                    `t17`.`source`,
                    `t17`.`target`,
                    `t17`.`mentions`,
                    `t17`.`sources`,
                    `t17`.`articles`,
                    `t17`.`day`,
                    `t17`.`known`,
                    `t17`.`quad`,
                    `t17`.`weight`,
                    `t17`.`fault`
                  FROM `t15` AS `t17`
                  WHERE
                    EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            `t16`.`id`,
                            COUNT(*) AS `n`
                          FROM `t15` AS `t16`
                          GROUP BY
                            1
                        ) AS `t18`
                        WHERE
                          `t18`.`n` > 1
                      ) AS `t20`
                      WHERE
                        `t17`.`id` = `t20`.`id`
                    )
                ) AS `t22`
              ) AS `t23`
              WHERE
                `t23`.`nth` = 0
            ) AS `t24`
          ) AS `t25`
        ) AS `t26`
        GROUP BY
          1,
          2,
          3,
          4
      ) AS `t28`
      LEFT OUTER JOIN (
        SELECT
          `t0`.`code` AS `from_code`,
          `t0`.`iso3` AS `from_`
        FROM `actors` AS `t0`
      ) AS `t6`
        ON `t28`.`source` = `t6`.`from_code`
      LEFT OUTER JOIN (
        SELECT
          `t0`.`code` AS `to_code`,
          `t0`.`iso3` AS `to`
        FROM `actors` AS `t0`
      ) AS `t7`
        ON `t28`.`target` = `t7`.`to_code`
    ) AS `t29`
  ) AS `t30`
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
    `t39`.`day`,
    `t39`.`a`,
    `t39`.`b`,
    `t39`.`events`,
    `t39`.`verbal_cooperation`,
    `t39`.`material_cooperation`,
    `t39`.`verbal_conflict`,
    `t39`.`material_conflict`,
    `t39`.`mentions`,
    `t39`.`sources`,
    `t39`.`articles`,
    ieee_divide(
      CAST(FLOOR(
        (
          ieee_divide(
            `t39`.`weight`,
            IF(`t39`.`mentions` > 0, `t39`.`mentions` * 10, CAST(NULL AS INT64))
          ) * 10000
        ) + 0.5
      ) AS INT64),
      10000
    ) AS `goldstein`,
    `t36`.`day_events`,
    `t36`.`day_mentions`,
    ieee_divide(
      CAST(FLOOR((
        ieee_divide(`t39`.`events` * 1000000, `t36`.`day_events`) * 10000
      ) + 0.5) AS INT64),
      10000
    ) AS `per_million`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t35`.`day`,
        `t35`.`a`,
        `t35`.`b`,
        SUM(`t35`.`events`) AS `events`,
        SUM(`t35`.`verbal_cooperation`) AS `verbal_cooperation`,
        SUM(`t35`.`material_cooperation`) AS `material_cooperation`,
        SUM(`t35`.`verbal_conflict`) AS `verbal_conflict`,
        SUM(`t35`.`material_conflict`) AS `material_conflict`,
        SUM(`t35`.`mentions`) AS `mentions`,
        SUM(`t35`.`sources`) AS `sources`,
        SUM(`t35`.`articles`) AS `articles`,
        SUM(`t35`.`weight`) AS `weight`
      FROM (
        SELECT
          `t32`.`known`,
          `t32`.`day`,
          `t32`.`source`,
          `t32`.`target`,
          `t32`.`events`,
          `t32`.`verbal_cooperation`,
          `t32`.`material_cooperation`,
          `t32`.`verbal_conflict`,
          `t32`.`material_conflict`,
          `t32`.`mentions`,
          `t32`.`sources`,
          `t32`.`articles`,
          `t32`.`weight`,
          LEAST(`t32`.`source`, `t32`.`target`) AS `a`,
          GREATEST(`t32`.`source`, `t32`.`target`) AS `b`
        FROM `t31` AS `t32`
        WHERE
          `t32`.`day` >= DATE(2018, 1, 1)
          AND `t32`.`day` <= DATE(2018, 11, 20)
          AND `t32`.`known` <= DATE(2018, 11, 20)
          AND `t32`.`source` <> ''
          AND `t32`.`target` <> ''
          AND `t32`.`source` <> `t32`.`target`
          AND CONCAT(
            CONCAT(LEAST(`t32`.`source`, `t32`.`target`), '-'),
            GREATEST(`t32`.`source`, `t32`.`target`)
          ) IN ('CHN-USA', 'RUS-USA')
      ) AS `t35`
      GROUP BY
        1,
        2,
        3
    ) AS `t37`
  ) AS `t39`
  INNER JOIN (
    SELECT
      `t33`.`day`,
      SUM(`t33`.`events`) AS `day_events`,
      SUM(`t33`.`mentions`) AS `day_mentions`
    FROM (
      SELECT
        *
      FROM `t31` AS `t32`
      WHERE
        `t32`.`day` >= DATE(2018, 1, 1)
        AND `t32`.`day` <= DATE(2018, 11, 20)
        AND `t32`.`known` <= DATE(2018, 11, 20)
    ) AS `t33`
    GROUP BY
      1
  ) AS `t36`
    ON `t39`.`day` = `t36`.`day`
) AS `t40`
ORDER BY
  `t40`.`day` ASC NULLS LAST,
  `t40`.`a` ASC NULLS LAST,
  `t40`.`b` ASC NULLS LAST
