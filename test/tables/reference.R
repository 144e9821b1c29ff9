# Writes the small public tables and the values that Keyworker's statistics are tested against.
# Rscript reference.R, in this folder. Base R, MASS, survival, boot, sandwich and MatchIt (its data and, without
# calipers, its matching). What no package offers is written out here once more, in R's own functions.
suppressMessages({library(survival); library(MASS); library(boot); library(sandwich); library(MatchIt); library(mitools)})
set.seed(1)
out <- list(versions = sapply(c("survival", "MASS", "boot", "sandwich", "MatchIt", "mitools"), function(p) as.character(packageVersion(p))),
            R = as.character(getRversion()))
named <- function(v) { v <- as.list(unname(v)); v }
plain <- function(x, digits = 15) {
  if (is.list(x)) {
    inner <- vapply(x, plain, "", digits = digits)
    if (is.null(names(x))) paste0("[", paste(inner, collapse = ","), "]")
    else paste0("{", paste0('"', names(x), '":', inner, collapse = ","), "}")
  } else if (length(x) != 1 || !is.null(names(x))) plain(as.list(x), digits)
  else if (is.na(x)) "null" else if (is.character(x)) paste0('"', x, '"')
  else if (is.logical(x)) tolower(as.character(x)) else if (is.infinite(x)) "null" else format(x, digits = digits, scientific = NA)
}
save <- function(t, name) write.csv(t, paste0(name, ".csv"), row.names = FALSE, quote = FALSE, na = "")

# ---- tables
lung1 <- data.frame(id = seq_len(nrow(lung)), inst = lung$inst, time = lung$time, died = lung$status - 1, age = lung$age, male = 2 - lung$sex, ecog = lung$ph.ecog)
save(lung1, "lung")
vet <- data.frame(trt = veteran$trt - 1, time = veteran$time, died = veteran$status, karno = veteran$karno, age = veteran$age, prior = veteran$prior / 10, cell = as.character(veteran$celltype))
save(vet, "veteran")
mel <- data.frame(time = Melanoma$time, status = Melanoma$status, male = Melanoma$sex, age = Melanoma$age, thickness = Melanoma$thickness, ulcer = Melanoma$ulcer)
save(mel, "melanoma")
q <- data.frame(days = quine$Days, aboriginal = +(quine$Eth == "A"), male = +(quine$Sex == "M"), age = as.character(quine$Age), slow = +(quine$Lrn == "SL"))
save(q, "quine")
ep <- data.frame(subject = epil$subject, seizures = epil$y, treated = +(epil$trt == "progabide"), lbase = epil$lbase, lage = epil$lage, V4 = epil$V4)
save(ep, "epil")
wb <- data.frame(breaks = warpbreaks$breaks, woolB = +(warpbreaks$wool == "B"), tension = as.character(warpbreaks$tension))
save(wb, "warpbreaks")
data(lalonde, package = "MatchIt")
ll <- data.frame(id = rownames(lalonde), treat = lalonde$treat, age = lalonde$age, educ = lalonde$educ, black = +(lalonde$race == "black"), hispan = +(lalonde$race == "hispan"), married = lalonde$married, nodegree = lalonde$nodegree, re74 = lalonde$re74, re75 = lalonde$re75, re78 = lalonde$re78)
save(ll, "lalonde")
bw <- data.frame(id = seq_len(nrow(birthwt)), smoke = birthwt$smoke, age = birthwt$age, lwt = birthwt$lwt, black = +(birthwt$race == 2), other = +(birthwt$race == 3), ht = birthwt$ht, ui = birthwt$ui, bwt = birthwt$bwt)
save(bw, "birthwt")
save(data.frame(year = 1871:1970, flow = as.numeric(Nile)), "nile")
save(data.frame(year = 1875:1972, level = as.numeric(LakeHuron)), "lake-huron")
save(data.frame(month = seq_along(Seatbelts[, "DriversKilled"]), killed = as.numeric(Seatbelts[, "DriversKilled"]), kms = as.numeric(Seatbelts[, "kms"]), petrol = as.numeric(Seatbelts[, "PetrolPrice"])), "seatbelts")

# ---- survival
km <- function(f, times) { s <- summary(f, times = times, extend = TRUE); list(survival = named(s$surv), se = named(s$std.err), low = named(s$lower), high = named(s$upper)) }
kmAll <- function(time, died, at, horizon) {
  f <- survfit(Surv(time, died) ~ 1, conf.type = "log-log")
  t <- summary(f, rmean = horizon)$table
  c(list(at = named(at)), km(f, at), list(median = named(t[c("median", "0.95LCL", "0.95UCL")]), rmean = t[["rmean"]], rmeanSe = t[["se(rmean)"]], horizon = horizon))
}
out$survival <- list(lung = kmAll(lung1$time, lung1$died, c(100, 300, 600, 883), 500),
  veteran = kmAll(vet$time, vet$died, c(10, 100, 400), 365), melanoma = kmAll(mel$time, +(mel$status == 1), c(500, 2000, 4000), 3650))
out$logRank <- list(lung = survdiff(Surv(time, died) ~ male, lung1)$chisq, veteran = survdiff(Surv(time, died) ~ cell, vet)$chisq,
  melanoma = survdiff(Surv(time, status == 1) ~ ulcer, mel)$chisq)

# ---- Cox
coxOut <- function(f, z) list(coefficients = named(coef(f)), se = named(sqrt(diag(f$naive.var %||% f$var))), robust = if (is.null(f$naive.var)) list() else named(sqrt(diag(f$var))),
  loglik = named(f$loglik), zph = named(cox.zph(f, transform = "identity", terms = FALSE)$table[, "chisq"]))
`%||%` <- function(a, b) if (is.null(a)) b else a
w <- rep_len(c(1, 0.5, 2), nrow(mel))
out$cox <- list(
  lung = coxOut(coxph(Surv(time, died) ~ male + age + ecog, lung1[!is.na(lung1$ecog), ])),
  lungCluster = { d <- lung1[!is.na(lung1$ecog) & !is.na(lung1$inst), ]; coxOut(coxph(Surv(time, died) ~ male + age + ecog, d, cluster = inst)) },
  veteran = coxOut(coxph(Surv(time, died) ~ trt + karno + age + strata(cell), vet)),
  melanoma = coxOut(coxph(Surv(time, status == 1) ~ male + ulcer + log(thickness), mel, weights = w, robust = TRUE)))

# ---- Aalen-Johansen
aj <- function(time, status, at) { f <- survfit(Surv(time, factor(status)) ~ 1); s <- summary(f, times = at, extend = TRUE); list(at = named(at), first = named(s$pstate[, 2]), second = named(s$pstate[, 3]), firstSe = named(s$std.err[, 2]), secondSe = named(s$std.err[, 3])) }
mgusTime <- with(mgus2, ifelse(pstat == 0, futime, ptime)); mgusEvent <- with(mgus2, ifelse(pstat == 0, 2 * death, 1))
save(data.frame(time = mgusTime, status = mgusEvent)[1:400, ], "mgus")
out$competing <- list(melanoma = aj(mel$time, ifelse(mel$status == 2, 0, ifelse(mel$status == 1, 1, 2)), c(500, 2000, 4000)),
  mgus = aj(mgusTime[1:400], mgusEvent[1:400], c(50, 150, 300)),
  lung = aj(lung1$time, ifelse(lung1$died == 1, 1 + (lung1$age > 65), 0), c(100, 300, 600)))

# ---- negative binomial
nb <- function(f, k) { s <- summary(f); r <- sqrt(diag(sandwich(f)))
  list(theta = f$theta, thetaSe = f$SE.theta, coefficients = named(coef(f)), se = named(s$coefficients[, 2]), loglik = as.numeric(logLik(f)), deviance = f$deviance, robust = named(r)) }
out$negativeBinomial <- list(
  quineMean = list(theta = theta.ml(quine$Days, mean(quine$Days), limit = 100)[1]),
  quineAll = nb(glm.nb(days ~ aboriginal + male + age + slow, q, control = glm.control(epsilon = 1e-12, maxit = 500))),
  quineFull = list(theta = glm.nb(Days ~ Sex / (Age + Eth * Lrn), quine, control = glm.control(epsilon = 1e-12, maxit = 500))$theta),
  epil = nb(glm.nb(seizures ~ treated + lbase + lage + V4, ep, control = glm.control(epsilon = 1e-12, maxit = 500))),
  warpbreaks = nb(glm.nb(breaks ~ woolB + tension, wb, control = glm.control(epsilon = 1e-12, maxit = 500))))

# ---- bootstrap: many draws, so that only the method differs
bootOut <- function(table, stat, R = 100000) { b <- boot(table, stat, R = R); ci <- boot.ci(b, type = c("perc", "bca"), L = empinf(data = table, statistic = stat, stype = "i", type = "jack"))
  list(value = b$t0, se = sd(b$t), percentile = named(ci$percent[4:5]), bca = named(ci$bca[4:5])) }
data(city, package = "boot"); data(aircondit, package = "boot")
save(city, "city"); save(aircondit, "aircondit")
out$bootstrap <- list(city = bootOut(city, function(d, i) sum(d$x[i]) / sum(d$u[i])), aircondit = bootOut(aircondit, function(d, i) mean(d$hours[i])),
  nile = bootOut(data.frame(x = as.numeric(Nile)), function(d, i) median(d$x[i])))

# ---- pairs
out$mcnemar <- list(performance = list(b = 150, c = 86, p = binom.test(86, 236)$p.value, corrected = mcnemar.test(matrix(c(794, 86, 150, 570), 2))$p.value, odds = named(binom.test(150, 236)$conf.int / (1 - binom.test(150, 236)$conf.int))),
  small = list(b = 3, c = 12, p = binom.test(3, 15)$p.value, odds = named(binom.test(3, 15)$conf.int / (1 - binom.test(3, 15)$conf.int))),
  oneSided = list(b = 0, c = 6, p = binom.test(0, 6)$p.value))

# ---- funnels, by Spiegelhalter's formulas in R's own distributions
exactB <- function(p, n, t) { r <- qbinom(p, n, t); (r - (pbinom(r, n, t) - p) / dbinom(r, n, t)) / n }
exactP <- function(p, e) { r <- qpois(p, e); (r - (ppois(r, e) - p) / dpois(r, e)) / e }
wins <- function(z) { k <- quantile(z, c(.1, .9), type = 7); pmin(pmax(z, k[1]), k[2]) }
funnelB <- function(r, n) { t <- sum(r) / sum(n); s <- sqrt(t * (1 - t) / n); phi <- mean(wins((r / n - t) / s)^2); sa <- 1 / (2 * sqrt(n)); pa <- mean(wins((asin(sqrt(r / n)) - asin(sqrt(t))) / sa)^2); w <- 1 / sa^2; N <- length(n)
  tau <- max(0, (N * pa - (N - 1)) / (sum(w) - sum(w^2) / sum(w)))
  list(r = named(r), n = named(n), target = t, phi = phi, tau2 = tau, low95 = named(exactB(.025, n, t)), high95 = named(exactB(.975, n, t)), low998 = named(pmax(0, exactB(.001, n, t))), high998 = named(exactB(.999, n, t)),
    added998 = named(sin(pmin(asin(sqrt(t)) + qnorm(.999) * sqrt(sa^2 + tau), pi / 2))^2)) }
ins <- aggregate(cbind(Claims, Holders) ~ District + Group, Insurance, sum)
adm <- apply(UCBAdmissions, c(1, 3), sum)
bact <- aggregate(cbind(y = +(y == "y"), n = 1) ~ ID, bacteria, sum)
out$funnel <- list(insurance = funnelB(ins$Claims, ins$Holders), admissions = funnelB(as.numeric(adm[1, ]), as.numeric(colSums(adm))),
  bacteria = funnelB(bact$y, bact$n),
  ratio = list(o = named(c(3, 12, 30, 55)), e = named(c(5.5, 9.2, 31.7, 40)), low95 = named(exactP(.025, c(5.5, 9.2, 31.7, 40))), high998 = named(exactP(.999, c(5.5, 9.2, 31.7, 40)))))

# ---- inequality: groups of public tables, with R's weighted lines and models
ladder <- function(people, mean) { f <- (cumsum(people) - people / 2) / sum(people); m <- lm(mean ~ f, weights = people); s <- summary(m)$coefficients
  list(people = named(people), mean = named(mean), slope = s[2, 1], se = s[2, 2], ci = named(confint(m)[2, ]), rii = unname((coef(m)[1] + coef(m)[2]) / coef(m)[1])) }
rates <- function(events, people) { f <- (cumsum(people) - people / 2) / sum(people); m <- glm(events ~ f, poisson, offset = log(people)); list(events = named(events), people = named(people), rii = unname(exp(coef(m)[2])), ci = named(exp(confint.default(m)[2, ]))) }
dist <- aggregate(cbind(Claims, Holders) ~ District, Insurance, sum)
eso <- aggregate(cbind(ncases, n = ncases + ncontrols) ~ alcgp, esoph, sum)
war <- aggregate(breaks ~ tension, warpbreaks, mean)
out$inequality <- list(insurance = ladder(dist$Holders, dist$Claims / dist$Holders), esoph = ladder(eso$n, eso$ncases / eso$n), warpbreaks = ladder(c(18, 18, 18), war$breaks),
  insuranceRates = rates(dist$Claims, dist$Holders), esophRates = rates(eso$ncases, eso$n), warpRates = rates(war$breaks * 18, c(18, 18, 18)))
conc <- function(y, r) { k <- rank(r) - 0.5; p <- k / length(y); m <- mean(y); C <- 2 * sum((y - m) * (p - 0.5)) / (length(y) * m); v <- var(p) * (length(y) - 1) / length(y); reg <- lm(I(2 * v * y / m) ~ p); list(value = C, slope = unname(coef(reg)[2]), seRegression = summary(reg)$coefficients[2, 2]) }
out$concentration <- list(quine = conc(q$days, seq_len(nrow(q))), lalonde = conc(ll$re78, ll$educ), seatbelts = conc(as.numeric(Seatbelts[, "DriversKilled"]), as.numeric(Seatbelts[, "PetrolPrice"])))

# ---- matching: a plain greedy search written out here, for MatchIt 4.5.1 is wrong in more than its caliper
effectOf <- function(y, treat, sub, w, rows, cov) {
  d <- data.frame(y = y[rows], treat = treat[rows], sub = sub, w = w); a <- lm(y ~ treat, d, weights = w)
  b <- lm(reformulate(c("treat", names(cov)), "y"), cbind(d, cov[rows, ]), weights = w)
  se <- function(m) sqrt(vcovCL(m, cluster = d$sub, type = "HC0")["treat", "treat"])
  list(effect = unname(coef(a)["treat"]), se = se(a), adjusted = unname(coef(b)["treat"]), adjustedSe = se(b)) }
greedy <- function(table, treat, y, cov, ratio = 1, replace = FALSE, exact = NULL, sds = Inf, maha = FALSE) {
  p <- unname(fitted(glm(reformulate(cov, treat), binomial, table, epsilon = 1e-14))); T <- table[[treat]]; cal <- sds * sd(p); X <- as.matrix(table[cov])
  S <- ((sum(T == 1) - 1) * cov(X[T == 1, ]) + (sum(T == 0) - 1) * cov(X[T == 0, ])) / (nrow(X) - 2); key <- if (is.null(exact)) rep("", nrow(X)) else do.call(paste, table[exact])
  t <- which(T == 1); if (!maha) t <- t[order(-p[t], t)]; free <- T == 0; got <- setNames(vector("list", length(t)), t)
  for (pass in seq_len(ratio)) for (i in t) { own <- got[[as.character(i)]]; if (length(own) != pass - 1) next
    c <- setdiff(which(free & key == key[i] & abs(p - p[i]) <= cal + 1e-12), own); if (!length(c)) next
    d <- if (maha) sqrt(mahalanobis(X[c, , drop = FALSE], X[i, ], S)) else abs(p[c] - p[i]); k <- c[which(d <= min(d) + 1e-12)[1]]
    got[[as.character(i)]] <- c(own, k); if (!replace) free[k] <- FALSE }
  got <- got[order(as.integer(names(got)))]; got <- got[lengths(got) > 0]; t <- as.integer(names(got)); rows <- unlist(Map(function(i, c) c(i, c), t, got)); sub <- rep(seq_along(t), lengths(got) + 1)
  w <- unlist(lapply(got, function(c) c(1, rep(1 / length(c), length(c)))))
  wt <- tapply(w, rows, sum)[as.character(unique(rows))]; u <- unique(rows); ct <- u[T[u] == 0]; cw <- wt[as.character(ct)]; cw <- cw / sum(cw)
  ksOf <- function(v) max(abs(sapply(sort(unique(v[u])), function(z) mean(v[t] <= z) - sum(cw[v[ct] <= z]))))
  smdOf <- function(v) (mean(v[t]) - sum(cw * v[ct])) / (if (all(v %in% 0:1)) sqrt(mean(v[T == 1]) * (1 - mean(v[T == 1]))) else sd(v[T == 1]))
  vrOf <- function(v) if (all(v %in% 0:1)) NA else var(v[t]) / (sum(cw * (v[ct] - sum(cw * v[ct]))^2) / (1 - sum(cw^2)))
  c(list(caliper = cal, sets = length(t), controls = length(ct), ess = 1 / sum(cw^2), pairs = named(unlist(Map(function(i, c) paste(c(i, c), collapse = " "), t, got))), smd = named(sapply(table[cov], smdOf)), ks = named(sapply(table[cov], ksOf)), vr = named(sapply(table[cov], vrOf))),
    effectOf(table[[y]], T, sub, w, rows, table[cov])) }
lc <- c("age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75"); bc <- c("age", "lwt", "black", "other", "ht", "ui"); mc <- c("male", "age", "year"); ml <- transform(Melanoma, male = sex)
save(data.frame(id = seq_len(nrow(ml)), ulcer = ml$ulcer, male = ml$male, age = ml$age, year = ml$year, thickness = ml$thickness), "melanoma-ulcer")
every <- function(table, treat, y, cov, exact) { g <- function(...) greedy(table, treat, y, cov, ...)
  list(nearest = g(), two = g(ratio = 2, replace = sum(table[[treat]]) * 2 > sum(table[[treat]] == 0)), replaced = g(replace = TRUE), exact = g(exact = exact), mahalanobis = g(maha = TRUE), caliper = g(sds = .2), both = g(sds = .2, maha = TRUE, ratio = 3)) }
out$matching <- list(lalonde = every(ll, "treat", "re78", lc, c("married", "black")), birthwt = every(bw, "smoke", "bwt", bc, c("black", "other")), melanoma = every(ml, "ulcer", "thickness", mc, "male"))
# What MatchIt 4.5.1 agrees on: two controls each, and Mahalanobis distance.
mi <- function(...) { m <- suppressWarnings(matchit(reformulate(lc, "treat"), ll, ...)); d <- match.data(m); unname(coef(lm(re78 ~ treat, d, weights = d$weights))["treat"]) }
out$matchIt <- list(two = mi(ratio = 2), mahalanobis = mi(distance = "mahalanobis"), nearest = mi())

# ---- pooling: five tables each, here resampled, by mitools
pooled <- function(table, f, df) { fits <- lapply(1:5, function(k) f(table[sample(nrow(table), replace = TRUE), ])); e <- lapply(fits, function(m) coef(m)[2]); v <- lapply(fits, function(m) matrix(vcov(m)[2, 2]))
  p <- MIcombine(e, v)
  # Barnard and Rubin (1999) as printed: mitools leaves 1 + 1/m out of the share that is missing.
  lambda <- (1 + 1 / 5) * var(unlist(e)) / p$variance[1]; observed <- (df + 1) / (df + 3) * df * (1 - lambda); d <- 1 / (1 / p$df + 1 / observed); ci <- p$coefficients + c(-1, 1) * qt(.975, d) * sqrt(p$variance[1])
  list(estimates = named(unlist(e)), variances = named(unlist(v)), complete = df, value = unname(p$coefficients), se = sqrt(p$variance[1]), dfWithoutLimit = unname(p$df), df = unname(d), ci = named(ci)) }
out$pooling <- list(lalonde = pooled(ll, function(d) lm(re78 ~ treat, d), 612), quine = pooled(q, function(d) glm(days ~ aboriginal, poisson, d), 144), birthwt = pooled(bw, function(d) lm(bwt ~ smoke, d), 187))

# ---- standardised rates, by the formula of Dobson and others
dsr <- function(events, people, standard) { w <- standard / sum(standard) / people; v <- sum(w^2 * events); o <- sum(events); r <- sum(w * events)
  list(events = named(events), people = named(people), standard = named(standard), value = r, low = r + sqrt(v / o) * (qgamma(.025, o) - o), high = r + sqrt(v / o) * (qgamma(.975, o + 1) - o)) }
d1 <- subset(Insurance, District == 1); d4 <- subset(Insurance, District == 4); std <- aggregate(Holders ~ Group + Age, Insurance, sum)$Holders
e1 <- aggregate(cbind(ncases, n = ncases + ncontrols) ~ agegp, subset(esoph, alcgp == "80-119"), sum)
out$standardised <- list(district1 = dsr(d1$Claims, d1$Holders, std), district4 = dsr(d4$Claims, d4$Holders, std), esoph = dsr(e1$ncases, e1$n, aggregate(ncontrols ~ agegp, esoph, sum)$ncontrols))

# ---- control charts, by their formulas
xmr <- function(x) { m <- abs(diff(x)); a <- mean(m[m < 3.267 * mean(m)]); mu <- mean(x); l <- mu - 2.66 * a; u <- mu + 2.66 * a; s <- sign(x - mu); r <- rle(s); list(mean = mu, low = l, high = u, outside = named(which(x < l | x > u) - 1), runs = named(which(rep(r$lengths >= 7 & r$values != 0, r$lengths)) - 1)) }
attribute <- function(r, n, se) { m <- sum(r) / sum(n); s <- se(m, n); z <- (r / n - m) / s; w <- mean(abs(diff(z))) / 1.128; list(r = named(r), n = named(n), high = named(m + 3 * s), wide = w, highWide = named(m + 3 * w * s)) }
pse <- function(m, n) sqrt(m * (1 - m) / n); use <- function(m, n) sqrt(m / n); es <- aggregate(cbind(ncases, n = ncases + ncontrols) ~ agegp, esoph, sum)
out$charts <- list(nile = xmr(as.numeric(Nile)), huron = xmr(as.numeric(LakeHuron)), seatbelts = xmr(as.numeric(Seatbelts[, "DriversKilled"])),
  p = list(esoph = attribute(es$ncases, es$n, pse), insurance = attribute(ins$Claims, ins$Holders, pse), bacteria = attribute(bact$y, bact$n, pse)),
  u = list(esoph = attribute(es$ncases, es$n, use), insurance = attribute(ins$Claims, ins$Holders, use), seatbelts = attribute(as.numeric(Seatbelts[, "DriversKilled"]), as.numeric(Seatbelts[, "kms"]) / 1000, use)))

# ---- exact intervals of events in public tables
rateOf <- function(x, t) { r <- poisson.test(x, t); list(events = x, exposure = t, ci = named(r$conf.int)) }
shareOf <- function(x, n) list(hits = x, n = n, ci = named(binom.test(x, n)$conf.int))
ratioOf <- function(x, t) { r <- poisson.test(x, t); list(events = named(x), exposure = named(t), ratio = unname(r$estimate), ci = named(r$conf.int)) }
out$exact <- list(rates = list(rateOf(sum(lung1$died), sum(lung1$time) / 365.25), rateOf(sum(mel$status == 1), sum(mel$time) / 365.25), rateOf(sum(ep$seizures), nrow(ep))),
  shares = list(shareOf(sum(bw$smoke), nrow(bw)), shareOf(sum(mel$ulcer), nrow(mel)), shareOf(sum(ll$married), nrow(ll))),
  ratios = list(ratioOf(c(sum(mel$status[mel$ulcer == 1] == 1), sum(mel$status[mel$ulcer == 0] == 1)), c(sum(mel$time[mel$ulcer == 1]), sum(mel$time[mel$ulcer == 0])) / 365.25), ratioOf(c(sum(lung1$died[lung1$male == 1]), sum(lung1$died[lung1$male == 0])), c(sum(lung1$time[lung1$male == 1]), sum(lung1$time[lung1$male == 0])) / 365.25), ratioOf(c(7, 3), c(10, 12))))

# ---- power
out$power <- list(shares = uniroot(function(p) power.prop.test(n = 300, p1 = p, p2 = 0.3)$power - 0.8, c(0.1, 0.29), tol = 1e-12)$root, difference = qnorm(.975) * sqrt(2 / 64) + qnorm(.8) * sqrt(2 / 64),
  byT = power.t.test(n = 64, sd = 1, power = 0.8, tol = 1e-12)$delta)

# ---- Student's t, binomial and Poisson points
out$gamma <- list(digamma = named(digamma(c(0.1, 1, 2.5, 40))), trigamma = named(trigamma(c(0.1, 1, 2.5, 40))))
out$points <- list(t = list(q1 = qt(.975, 4.5), q2 = qt(.975, 200), q3 = qt(.9, 1), p1 = pt(-3, 2.5), p2 = pt(1.3, 40)), binom = list(q = qbinom(c(.001, .025, .5, .975), 810, .0739), p = pbinom(46, 810, .0739)), pois = list(q = qpois(c(.5, .975), c(1234.5, 3)), p = ppois(4, 6.2)))
cat(plain(out), "\n", file = "reference.json")
